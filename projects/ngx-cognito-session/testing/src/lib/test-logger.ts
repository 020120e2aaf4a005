import { consoleLogger, type SessionLogger } from 'ngx-cognito-session';

/**
 * Mistakes of the set-up go to the console. How sessions fail is what tests are about: `events$` tells of it, and a console
 * full of failures that are meant hides those that are not.
 */
export function testLogger(): SessionLogger {
  const logger = consoleLogger();
  const unlessFailure = (level: 'warn' | 'error') => (message: string, details?: object) => {
    if (details === undefined || !('code' in details)) logger[level](message, details);
  };
  return { debug: () => undefined, warn: unlessFailure('warn'), error: unlessFailure('error') };
}
