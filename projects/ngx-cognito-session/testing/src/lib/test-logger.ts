import { consoleLogger, type SessionLogger } from 'ngx-cognito-session';

/**
 * Configuration mistakes are logged to the console. Failures of sessions are not: tests provoke them and see them in
 * `events$`, and in the console they would hide the unexpected ones.
 */
export function testLogger(): SessionLogger {
  const logger = consoleLogger();
  const unlessFailure = (level: 'warn' | 'error') => (message: string, details?: object) => {
    if (details === undefined || !('code' in details)) logger[level](message, details);
  };
  return { debug: () => undefined, warn: unlessFailure('warn'), error: unlessFailure('error') };
}
