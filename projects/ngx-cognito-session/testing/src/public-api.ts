export { provideSessionTesting, type SessionTestingOptions } from './lib/provide-session-testing';
export { SessionTestingController, type TestUser } from './lib/session-testing-controller';
export { TestIdentityPool, type TestAwsCredentials, type TestPoolCall } from './lib/test-identity-pool';
export type { RefreshFailureCode } from './lib/refresh-failure-code';
export type { TestRefresh } from './lib/test-refresh';
export type { TestClaims } from './lib/test-claims';
export { createTestTokens } from './lib/create-test-tokens';
export {
  expectAnonymous,
  expectAuthorized,
  type ExpectedToken,
  type RequestWithHeaders,
} from './lib/expect-authorized';
