import type { ServerSessionsLogger, ServerSessionsOptions } from './server-sessions-options';
import type { SessionStore } from '../store/session-store';

/** Checked options with their defaults. Times are ms. */
export interface ResolvedOptions {
  readonly store: SessionStore;
  readonly userPoolId: string;
  readonly clientId: string;
  /** None, one or two. */
  readonly clientSecrets: readonly string[];
  /** Origin of managed login; `null` without it. */
  readonly domain: string | null;
  readonly appOrigin: string;
  readonly basePath: string;
  readonly logoutUri: string;
  readonly scopes: readonly string[];
  /** With its prefix. */
  readonly cookieName: string;
  readonly isSecure: boolean;
  readonly sameSite: 'Lax' | 'Strict';
  readonly apiOrigins: readonly string[];
  readonly refreshTokenValidityDays: number;
  readonly idleMs: number | null;
  readonly bufferMs: number;
  readonly graceMs: number;
  readonly refreshOperation: 'GetTokensFromRefreshToken' | 'InitiateAuth';
  /** None, one or two. */
  readonly masterKeys: readonly string[];
  readonly endpoint: string;
  /** Where the public keys are; `null`: at the issuer of the tokens. */
  readonly keysUrl: string | null;
  readonly jwks: ServerSessionsOptions['jwks'] | null;
  readonly logger: ServerSessionsLogger;
  readonly now: () => number;
  readonly wait: (ms: number, signal?: AbortSignal) => Promise<void>;
  readonly fetch: typeof fetch;
}
