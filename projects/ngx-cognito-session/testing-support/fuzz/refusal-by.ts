import { SessionError } from '../../src/lib/errors/session-error';
import type { SessionErrorCode } from '../../src/lib/errors/session-error-code';

/** Runs a parser: `null` where it throws one of the errors that it declares. Everything else that it throws fails the test. */
export function refusalBy(...codes: readonly SessionErrorCode[]): <T>(parse: () => T) => T | null {
  return (parse) => {
    try {
      return parse();
    } catch (error) {
      if (error instanceof SessionError && codes.includes(error.code)) return null;
      throw error;
    }
  };
}
