import type { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';

export interface Credentials {
  readonly username: string;
  readonly password: string;
}

/** A running Cognito stand-in, prepared alike: one pool, two clients, users who can sign in. */
export interface Target {
  readonly name: string;
  readonly url: string;
  readonly userPoolId: string;
  readonly clientId: string;
  readonly otherClientId: string;
  readonly redirectUri: string;
  /** The real SDK client, without retries. */
  readonly client: CognitoIdentityProviderClient;
  /** A user whom no other step touches. */
  newUser(): Promise<Credentials>;
  disable(username: string): Promise<void>;
  setRefreshTokenSeconds(seconds: number): Promise<void>;
  /** Lets that much time pass: really, or on the target's own clock. */
  pass(seconds: number): Promise<void>;
  close(): Promise<void>;
}

export const REDIRECT_URI = 'https://app.example.com/callback';
