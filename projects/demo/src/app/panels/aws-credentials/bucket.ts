import type { DemoAwsConfig } from '../../config/demo-config';

/** Where files are stored. */
export interface Bucket {
  readonly name: string;
  readonly region: string;
  /** Default: the Region's own. */
  readonly url?: string;
}

export interface StoredFile {
  /** Without the prefix of the user. */
  readonly name: string;
  readonly bytes: number;
  readonly storedAt: Date | null;
}

/** The Region of an identity pool is the beginning of its id. */
export const regionOf = ({ identityPoolId }: DemoAwsConfig): string => identityPoolId.split(':')[0] ?? '';

/** `null` if there is none. Pure. */
export function bucketOf(aws: DemoAwsConfig): Bucket | null {
  const { bucket: name, s3Url: url } = aws;
  if (name === undefined) return null;
  return { name, region: regionOf(aws), ...(url === undefined ? {} : { url }) };
}
