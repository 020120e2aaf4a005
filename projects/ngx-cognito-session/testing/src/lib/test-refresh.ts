import type { RefreshRequest } from 'ngx-cognito-session';
import type { RefreshFailureCode } from './refresh-failure-code';
import type { TestClaims } from './test-claims';

/** One refresh that the library asked Cognito for. */
export interface TestRefresh {
  /** The refresh token, the device and the client metadata that Cognito would be sent. */
  readonly request: RefreshRequest;
  /** Whether Cognito has answered. */
  readonly isAnswered: boolean;
  /** Cognito renews: the same claims with later times, but for these. Throws if it has answered. */
  succeed(changes?: TestClaims): void;
  /** Cognito refuses, or cannot be reached. Throws if it has answered. */
  fail(code: RefreshFailureCode): void;
}
