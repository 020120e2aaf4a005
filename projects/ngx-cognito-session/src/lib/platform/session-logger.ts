import { InjectionToken } from '@angular/core';
import { noop } from 'rxjs';
import { redacted, redactedText } from './redacted';

declare const ngDevMode: unknown;

/** Where the library reports. No message and no details ever hold a token. */
export interface SessionLogger {
  /** What happened, for somebody who looks for a cause. */
  debug(message: string, details?: object): void;
  /** What works worse than it could, or was ignored. */
  warn(message: string, details?: object): void;
  /** What failed, and mistakes of a set-up. */
  error(message: string, details?: object): void;
}

/** Where the library reports, set by `withLogger`. Default: warnings and errors go to the console in development; nothing is logged in production. */
export const SESSION_LOGGER = new InjectionToken<SessionLogger>(
  typeof ngDevMode === 'undefined' || ngDevMode ? 'SESSION_LOGGER' : '',
  {
    providedIn: 'root',
    factory: () =>
      // Not `isDevMode()`: bundlers see through this, and leave the console logger out of production builds.
      typeof ngDevMode === 'undefined' || ngDevMode
        ? { ...consoleLogger(), debug: noop }
        : { debug: noop, warn: noop, error: noop },
  },
);

/**
 * Logs everything to the console, each line with the library's name in front, details as an object behind it. Whatever
 * looks like a token is taken out of both, although the library passes none: a logger is the last place where one could
 * slip through. Of errors it shows name, message and code.
 *
 * ```ts
 * provideSession(config, withLogger(consoleLogger()));
 * ```
 */
export function consoleLogger(): SessionLogger {
  return {
    debug: (message, details) => {
      console.debug(...line(message, details));
    },
    warn: (message, details) => {
      console.warn(...line(message, details));
    },
    error: (message, details) => {
      console.error(...line(message, details));
    },
  };
}

function line(message: string, details: object | undefined): unknown[] {
  const text = `[ngx-cognito-session] ${redactedText(message)}`;
  return details === undefined ? [text] : [text, redacted(details)];
}
