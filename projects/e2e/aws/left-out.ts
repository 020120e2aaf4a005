/** Test files that do not run against a user pool, by the start of their path below `projects/e2e`, with the reason. */
export const LEFT_OUT: Readonly<Record<string, string>> = {
  'aws-credentials/': 'counts the calls of an identity pool, adds faults and moves its clock',
  'demo/': 'tests the dashboard, whose panels add faults, move the clock and count calls',
  'devtools/': 'adds faults and reads the calls that a local Cognito received',
  'emulator-in-page/': 'runs a local Cognito inside the page',
  'lifecycle/': 'freezes and kills tabs while a local Cognito holds back its answers',
  'login/': 'cancels on the pages of a local Cognito, holds back its answers and moves its clock',
  'routing/': 'tests a page without a Cognito',
  'server-sessions/': 'tests an example with a local Cognito, whose clock moves, and a local DynamoDB',
  'server-rendering/': 'renders with cookies that a local Cognito has signed, with faults and another clock',
  'starting/': 'tests the first frame of a page with a stored session that the test has made',
  'storage/': 'tests storages of the browser, with tokens that the test has made',
  'tabs/': 'orders the answers of a local Cognito, adds faults and moves its clock',
  'testing/': 'tests the recipes of docs/guides/testing, which replace Cognito',
  'diagnostics.spec.ts': 'tests a page without a Cognito',
  'leaks.spec.ts': 'leaks tokens of a local Cognito on purpose',
  'npm-start.spec.ts': 'starts programs that bring a local Cognito',
};

/** Why a test of a file that does run is left out: it asks for one of these. */
export const NEEDS_EMULATOR =
  'needs what AWS does not offer: a record of the received calls, a clock that moves, faults, or settings that change during the test';
export const NEEDS_SHORT_TOKENS = 'needs tokens of another lifetime than those of the user pool';
