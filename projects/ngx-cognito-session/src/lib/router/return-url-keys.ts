import type { CheckedConfig } from '../config/checked-config';

const KEY = 'cognito-session:return-url';

/** The names of the return URL in the storage: one per app client, and one as long as the configuration is not known. */
export function returnUrlKeys({ namespace }: CheckedConfig): readonly [string, ...string[]] {
  return namespace === null ? [KEY] : [`${KEY}:${namespace}`, KEY];
}
