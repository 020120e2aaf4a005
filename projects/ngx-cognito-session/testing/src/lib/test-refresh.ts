import type { RefreshRequest } from 'ngx-cognito-session';
import type { RefreshFailureCode } from './refresh-failure-code';
import type { TestClaims } from './test-claims';

/** One refresh request of the library to Cognito. */
export interface TestRefresh {
  /** The refresh token, the device and the client metadata that Cognito would be sent. */
  readonly request: RefreshRequest;
  /** Whether Cognito has answered. */
  readonly isAnswered: boolean;
  /** Cognito returns new tokens: the same claims with later times and these changes. Throws if it has answered. */
  succeed(changes?: TestClaims): void;
  /** Cognito rejects, or cannot be reached. Throws if it has answered. */
  fail(code: RefreshFailureCode): void;
}
