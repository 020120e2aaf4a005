import { InjectionToken, isDevMode } from '@angular/core';

/** Where the library reports. No message and no details ever hold a token. */
export interface SessionLogger {
  debug(message: string, details?: object): void;
  warn(message: string, details?: object): void;
  error(message: string, details?: object): void;
}

/** Default: warnings and errors go to the console in development; nothing is logged in production. */
export const SESSION_LOGGER = new InjectionToken<SessionLogger>('SESSION_LOGGER', {
  providedIn: 'root',
  factory: () =>
    isDevMode() ? { ...consoleLogger(), debug: ignore } : { debug: ignore, warn: ignore, error: ignore },
});

/**
 * Logs everything to the console, each line with the library's name in front.
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
  return details === undefined
    ? [`[ngx-cognito-session] ${message}`]
    : [`[ngx-cognito-session] ${message}`, details];
}

function ignore(): void {
  // A logger that says nothing.
}
