import { InjectionToken } from '@angular/core';
import type { MonoTypeOperatorFunction, Observable } from 'rxjs';
import type { RecordStep } from '../core/record-step';
import type { RecordReading } from '../core/session-record';
import type { RawTokens } from '../core/token-set';

/** Lets no tokens into the state that Cognito has not signed. */
export interface Verification {
  /** Cold; emits `result` if the tokens are genuine. Errors with `invalidToken` if they are not, else with a transient error. */
  check<T>(tokens: RawTokens, result: T): Observable<T>;
  /** As `check`, for tokens that are handed over: tried again for 10 s after transient errors. */
  checkNew<T>(tokens: RawTokens, result: T): Observable<T>;
  /** Passes a reading on whose tokens are genuine. Forged ones are a `corrupt` record. Errors as `check` otherwise. */
  readonly readings: MonoTypeOperatorFunction<RecordReading>;
  /**
   * Cold, one value: takes the step of a sign-in with genuine tokens. A session that the step has found instead is checked,
   * and replaced if it is forged.
   */
  take<T>(step: RecordStep<T>, genuine: RawTokens): Observable<T>;
}

declare const ngDevMode: unknown;

/** In the injector of a configured session, with `withTokenVerification` only. */
export const VERIFICATION = new InjectionToken<Verification>(
  typeof ngDevMode === 'undefined' || ngDevMode ? 'VERIFICATION' : '',
);
