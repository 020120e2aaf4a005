import type { SessionError } from 'ngx-cognito-session';
import type { Observable } from 'rxjs';
import type { AwsCredentials } from './aws-credentials';
import type { AwsCredentialsError } from './aws-credentials-error';
import type { Owner } from './owner';

/** Credentials, tied to the clocks. */
export interface HeldCredentials {
  readonly credentials: AwsCredentials;
  /** How long they can be handed out, ms; 0 or less: not any more. */
  readonly untilDeadMs: () => number;
  /** How long no refresh is due, ms. */
  readonly untilDueMs: () => number;
}

/** The last failure in a row. */
export interface Failure {
  readonly error: AwsCredentialsError | SessionError;
  readonly count: number;
  /** The identity pool is not called before; by the monotonic clock. */
  untilMs: number;
}

/** Everything of one owner: it is dropped as a whole, and what comes late to a former one changes nothing. */
export interface Holding {
  readonly owner: Owner;
  held?: HeldCredentials | undefined;
  failure?: Failure | undefined;
  /** The run in flight. */
  run$?: Observable<unknown> | undefined;
}

/** What is known. `null`: there are no credentials. `undefined`: not known yet. Pure. */
export function knownOf({ owner, held, failure }: Holding): AwsCredentials | null | undefined {
  return held?.credentials ?? (owner === null || failure ? null : undefined);
}
