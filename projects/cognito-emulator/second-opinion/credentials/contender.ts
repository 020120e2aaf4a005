import type { Emulator } from 'cognito-emulator';

/** Credentials as AWS SDK clients take them. */
export interface SdkCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  readonly expiration?: Date;
}

/** A library that gets AWS credentials for the user who is signed in, running against one emulator. */
export interface Contender {
  /** In this page. */
  signIn(username: string): Promise<void>;
  /** In another tab of the same browser: this page learns of it from what the tabs share. */
  switchUserElsewhere(username: string): Promise<void>;
  /** What the app passes to `credentials` of an SDK client, and what one caller calls. */
  readonly credentials: () => Promise<SdkCredentials>;
  /** Reads an access token by the library's own way; rejects if there is none to be had. Null: the library has no tokens. */
  readonly accessToken: (() => Promise<string>) | null;
  close(): Promise<void>;
}

export type StartContender = (emulator: Emulator) => Promise<Contender>;

export const loginKey = ({ region, userPoolId }: Emulator): string =>
  `cognito-idp.${region}.amazonaws.com/${userPoolId}`;
