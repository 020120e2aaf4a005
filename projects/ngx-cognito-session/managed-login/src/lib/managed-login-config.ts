import { InjectionToken } from '@angular/core';

declare const ngDevMode: unknown;

/** Where managed login is, and how it leads back to the app. */
export interface ManagedLoginConfig {
  /**
   * The domain of the user pool: `example.auth.eu-west-1.amazoncognito.com`, or one of your own. `http://` is accepted for a
   * local Cognito on this machine.
   */
  domain: string;
  /**
   * Where managed login leads back to after a sign-in. It must be one of the allowed callback URLs of the app client, character for
   * character. Required with `HashLocationStrategy`. Default: `callback` below the base of the app, such as `https://app.example.com/callback`.
   */
  redirectUri?: string;
  /**
   * Where managed login leads back to after a sign-out. It must be one of the allowed sign-out URLs of the app client, character for
   * character. Required with `HashLocationStrategy`. Default: the base of the app, such as `https://app.example.com/`.
   */
  logoutUri?: string;
  /**
   * The scopes of the tokens. The app client must allow them. Default: `openid`, `email`, `profile` and
   * `aws.cognito.signin.user.admin`. Without `openid` there is no ID token.
   */
  scopes?: readonly string[];
  /** The URL of the API that access tokens are bound to: their `aud`. Default: none. */
  resource?: string;
}

/** A factory runs in an injection context, each time that a sign-in starts, a callback arrives or the user signs out. */
export type ManagedLoginConfigSource =
  ManagedLoginConfig | (() => ManagedLoginConfig | Promise<ManagedLoginConfig>);

export const MANAGED_LOGIN_CONFIG = new InjectionToken<ManagedLoginConfigSource>(
  typeof ngDevMode === 'undefined' || ngDevMode ? 'MANAGED_LOGIN_CONFIG' : '',
);
