import { consoleLogger, type SessionLogger } from 'ngx-cognito-session';

/** In front of what a test has asked for, which is no news to anybody. */
export const ASKED_FOR = 'A test let the refresh fail';

/** Warnings and errors go to the console, as in development, but for failures that the test itself has made. */
export function testLogger(): SessionLogger {
  const logger = consoleLogger();
  return {
    debug: () => undefined,
    warn: (message, details) => {
      logger.warn(message, details);
    },
    error: (message, details) => {
      if (!message.includes(ASKED_FOR)) logger.error(message, details);
    },
  };
}
