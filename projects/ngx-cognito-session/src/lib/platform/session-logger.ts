import { InjectionToken } from '@angular/core';
import { noop } from 'rxjs';
import { redacted, redactedText } from './redacted';

declare const ngDevMode: unknown;

/** The log of the library. Messages and details never contain a token. */
export interface SessionLogger {
  /** Events that help to find a cause. */
  debug(message: string, details?: object): void;
  /** Degraded operation, and ignored input. */
  warn(message: string, details?: object): void;
  /** Failures and configuration mistakes. */
  error(message: string, details?: object): void;
}

/** The log of the library, set by `withLogger`. Default: warnings and errors go to the console in development; nothing is logged in production. */
export const SESSION_LOGGER = new InjectionToken<SessionLogger>(
  typeof ngDevMode === 'undefined' || ngDevMode ? 'SESSION_LOGGER' : '',
  {
    providedIn: 'root',
    factory: () =>
      // Not `isDevMode()`: bundlers evaluate this, and drop the console logger from production builds.
      typeof ngDevMode === 'undefined' || ngDevMode
        ? { ...consoleLogger(), debug: noop }
        : { debug: noop, warn: noop, error: noop },
  },
);

/**
 * Logs everything to the console, each line with the library's name in front, details as an object behind it. Anything
 * that looks like a token is removed from both, although the library passes none. Of errors it logs name, message and code.
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
