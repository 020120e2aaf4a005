import type { NewCall } from '../log/call-log';
import type { Answer } from './answer';
import type { ServiceError } from './service-error';

/** One call, understood but not yet carried out: what faults, barriers and the log work on. */
export interface Exchange {
  readonly call: NewCall;
  /** Carries the operation out; a `ServiceError` it throws becomes the answer. */
  process(): Promise<Answer>;
  /** How this endpoint says that something is wrong. */
  renderError(error: ServiceError): Answer;
}
