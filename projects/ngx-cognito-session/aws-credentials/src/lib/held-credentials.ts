import type { SessionError } from 'ngx-cognito-session';
import type { AwsCredentials } from './aws-credentials';
import type { AwsCredentialsError } from './aws-credentials-error';

/** Credentials, tied to the clocks. */
export interface HeldCredentials {
  readonly credentials: AwsCredentials;
  /** The time at AWS, ms, whenever it is asked. */
  readonly serverNowMs: () => number;
  /** When a refresh is due, server time. */
  readonly dueAtMs: number;
  /** From here on they are not handed out any more; server time. */
  readonly diesAtMs: number;
}

/** The last failure in a row. */
export interface Failure {
  readonly error: AwsCredentialsError | SessionError;
  readonly count: number;
  /** The identity pool is not called before; by the monotonic clock. */
  readonly untilMs: number;
}

/** How long the credentials live, and when a refresh is due, in ms from now. Pure, except for the time. */
export function remainingOf({ serverNowMs, dueAtMs, diesAtMs }: HeldCredentials): {
  readonly untilDueMs: number;
  readonly untilDeadMs: number;
} {
  const now = serverNowMs();
  return { untilDueMs: dueAtMs - now, untilDeadMs: diesAtMs - now };
}
