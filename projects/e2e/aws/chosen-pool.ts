import { DEFAULT_USER } from 'cognito-emulator';
import { readOptions, type Environment, type PoolChoice } from '../../demo/start/options';

/** Set by `npm run test:aws`: variables of a user pool alone must not turn the everyday tests against it. */
export const AWS_RUN = 'E2E_USER_POOL';

export type UserPool = Extract<PoolChoice, { kind: 'userPool' }>;

/** The user pool that the tests run against, `null` for a local Cognito for each test. Pure. */
export function chosenPool(environment: Environment): UserPool | null {
  if (environment[AWS_RUN] === undefined) return null;
  const { pool } = readOptions([], environment);
  return pool.kind === 'userPool' ? pool : null;
}

/** Who signs in. Pure. */
export function chosenUser(environment: Environment): {
  readonly username: string;
  readonly password: string;
} {
  if (chosenPool(environment) === null) return DEFAULT_USER;
  return {
    username: environment['COGNITO_USERNAME'] ?? '',
    password: environment['COGNITO_PASSWORD'] ?? '',
  };
}

const REQUIRED = [
  'COGNITO_REGION',
  'COGNITO_USER_POOL_ID',
  'COGNITO_CLIENT_ID',
  'COGNITO_USERNAME',
  'COGNITO_PASSWORD',
] as const;

/** The variables that a run against a user pool lacks. Pure. */
export const missingVariables = (environment: Environment): readonly string[] =>
  REQUIRED.filter((name) => (environment[name] ?? '') === '');
