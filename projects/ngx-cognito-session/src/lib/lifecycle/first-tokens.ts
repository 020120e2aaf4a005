import { InjectionToken } from '@angular/core';
import type { Observable } from 'rxjs';
import type { DroppedTokens } from '../core/record-step';
import type { TokenInput } from '../core/token-input';
import type { RawTokens } from '../core/token-set';

/** A session that this library has not stored. */
export interface FoundTokens {
  /** The tokens as they were stored. A `clockDrift` in them is not used. */
  readonly tokens: TokenInput | RawTokens;
  /** Removes the session from where it was found. */
  readonly forget: () => void;
}

/**
 * Looks for sessions of an app client: the one to take first, then others that count if it cannot be used. Changes nothing. Called
 * in the injection context of `provideSession`.
 */
export type FirstTokens = (clientId: string) => readonly FoundTokens[];

/** Takes over a session that this library has not stored, before the record is read for the first time. */
export interface SessionImport {
  /** Cold; one value, never errors. `ended`: the session has ended here, so it is dropped instead. */
  run(ended?: Pick<DroppedTokens, 'revoke' | 'global'>): Observable<void>;
}

declare const ngDevMode: unknown;

/** Sources of first tokens, in the order in which they are asked. */
export const FIRST_TOKENS = new InjectionToken<readonly FirstTokens[]>(
  typeof ngDevMode === 'undefined' || ngDevMode ? 'FIRST_TOKENS' : '',
);

/** In the injector of a configured session, if a feature has a source of first tokens. */
export const SESSION_IMPORT = new InjectionToken<SessionImport>(
  typeof ngDevMode === 'undefined' || ngDevMode ? 'SESSION_IMPORT' : '',
);
