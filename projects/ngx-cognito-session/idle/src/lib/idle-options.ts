import { InjectionToken } from '@angular/core';
import { SessionError } from 'ngx-cognito-session';

declare const ngDevMode: unknown;

/** Options of `withIdleSignOut`. */
export interface IdleSignOutOptions {
  /** Seconds without input after which the user is signed out. */
  afterSeconds: number;
  /** `secondsLeft` counts down during these last seconds. 0: no warning. Default: 60, at most half of `afterSeconds`. */
  warnSeconds?: number;
}

/** The options in milliseconds, with every default filled in. */
export interface IdleLimits {
  readonly afterMs: number;
  readonly warnMs: number;
}

export const IDLE_LIMITS = new InjectionToken<IdleLimits>(
  typeof ngDevMode === 'undefined' || ngDevMode ? 'IDLE_LIMITS' : '',
);

/** Throws `invalidConfiguration`. Pure. */
export function checkedLimits({ afterSeconds, warnSeconds }: IdleSignOutOptions): IdleLimits {
  if (!(afterSeconds > 0 && afterSeconds < Infinity))
    throw invalid('afterSeconds', 'a number of seconds greater than 0');
  const warn = warnSeconds ?? Math.min(60, afterSeconds / 2);
  if (!(warn >= 0 && warn < afterSeconds))
    throw invalid('warnSeconds', 'at least 0 and less than afterSeconds');
  return { afterMs: afterSeconds * 1000, warnMs: warn * 1000 };
}

function invalid(field: string, rule: string): SessionError {
  return new SessionError('invalidConfiguration', `withIdleSignOut: ${field} must be ${rule}.`);
}
