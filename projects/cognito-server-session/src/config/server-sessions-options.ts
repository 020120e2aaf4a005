import type { SessionStore } from '../store/session-store';
import type { Environment } from '../platform/environment';

/** What the package logs. Messages and details hold no token, no cookie and no personal data but `sub`. */
export interface ServerSessionsLogger {
  /** Something failed that no caller is told about. */
  warn(message: string, details?: Readonly<Record<string, unknown>>): void;
  /** A session ended without a sign-out, or the app client does not fit the options. */
  error(message: string, details?: Readonly<Record<string, unknown>>): void;
}

/** Options of `createServerSessions`. Each is checked at the start; the error names the option. */
export interface ServerSessionsOptions {
  /** Where sessions are kept: `DynamoDbSessionStore`, `MemorySessionStore` in development, or your own. */
  readonly store: SessionStore;
  /** Id of the user pool, such as `eu-west-1_AbCdEf123`. Default: `USER_POOL_ID`. */
  readonly userPoolId?: string;
  /** Id of the app client. Default: `CLIENT_ID`. */
  readonly clientId?: string;
  /**
   * The secret of the app client, or two while they are rotated: the second one is tried when Cognito does not know the first.
   * Default: `CLIENT_SECRET`; two are separated by a space. Without a secret the app client is a public one.
   */
  readonly clientSecret?: string | readonly [string, string];
  /** The address of managed login, such as `https://login.example.com`. Default: `USER_POOL_DOMAIN`. Needed for `GET login`. */
  readonly domain?: string;
  /** The origin that browsers see, such as `https://app.example.com`. Default: `APP_ORIGIN`. Never taken from a request. */
  readonly appOrigin?: string;
  /** Default: `AWS_REGION`, else the region in the user pool's id. */
  readonly region?: string;
  /** The path of the routes. Default `/auth`. */
  readonly basePath?: string;
  /** Where the browser goes after managed login has signed the user out: a URL registered there. Default: `appOrigin` and `/`. */
  readonly logoutUri?: string;
  /** Scopes of managed login. Default `openid`, `email`, `profile` and `aws.cognito.signin.user.admin`. */
  readonly scopes?: readonly string[];
  /** Name of the session cookie without its `__Host-` prefix. Default `session`. */
  readonly cookieName?: string;
  /**
   * `SameSite` of the session cookie. Default `Lax`: with `Strict` a page that is opened by a link on another site is rendered
   * signed out.
   */
  readonly sameSite?: 'Lax' | 'Strict';
  /**
   * Origins that `fetch` sends the access token to. They begin with `https:`, except on this machine and in development. Default:
   * none.
   */
  readonly apiOrigins?: readonly string[];
  /** Refresh-token validity of the app client; the deadline of every session. Default 30. */
  readonly refreshTokenValidityDays?: number;
  /** Ends a session after this time without a request; 600 or more. It may end five minutes early. Default: no limit. */
  readonly idleTimeoutSeconds?: number;
  /** Refresh this long before the earlier expiry. Default 60; capped at a quarter of the token's lifetime. */
  readonly refreshBufferSeconds?: number;
  /** The app client's `RetryGracePeriodSeconds`: within it a lost answer is requested again. Default 0; 30 is recommended. */
  readonly rotationGraceSeconds?: number;
  /** Default `GetTokensFromRefreshToken`: works with rotation on and off. */
  readonly refreshOperation?: 'GetTokensFromRefreshToken' | 'InitiateAuth';
  /**
   * 32 random bytes, base64url; two while they are rotated, the newer one first. With it a session that is removed from another
   * device is revoked at Cognito as well.
   */
  readonly masterKey?: string | readonly [string, string];
  /** Allows `http:` in `appOrigin`, with a cookie of another name. Refused in production and on AWS Lambda. Default false. */
  readonly development?: boolean;
  /**
   * User-pool endpoint: emulator, proxy, FIPS. It also has the pool's public keys, at `/<userPoolId>/.well-known/jwks.json`; if it has
   * not, set `jwks`. Default from the region.
   */
  readonly endpoint?: string;
  /** The pool's public keys, `{ keys: […] }`. Default: fetched from `endpoint` or the issuer when the first token is verified. */
  readonly jwks?: { readonly keys: readonly object[] };
  /** Default: silent. */
  readonly logger?: ServerSessionsLogger;
  /** Environment variables. Default: those of the process. */
  readonly environment?: Environment;
  /** Epoch ms. Default: the system's clock. */
  readonly now?: () => number;
  /** Resolves after the given time, or when the signal aborts. For tests; default: a timer. */
  readonly wait?: (ms: number, signal?: AbortSignal) => Promise<void>;
  /** Sends requests to Cognito and to APIs. Default: the global `fetch`. */
  readonly fetch?: typeof fetch;
}
