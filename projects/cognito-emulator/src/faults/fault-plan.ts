import { htmlAnswer, type Answer } from '../http/answer';
import { firstHalf, type Delivery } from '../http/delivery';
import { ServiceError } from '../http/service-error';
import type { Fault } from './fault';

/** What a fault means for one call: the order is delay, processing or replacement, delay, delivery. */
export interface FaultPlan {
  readonly delayBeforeMs: number;
  /** Instead of carrying the operation out. */
  readonly replacement: ServiceError | Answer | null;
  readonly delayAfterMs: number;
  readonly shape: (answer: Answer) => Answer;
  readonly delivery: Delivery;
}

const NO_FAULT: FaultPlan = {
  delayBeforeMs: 0,
  replacement: null,
  delayAfterMs: 0,
  shape: (answer) => answer,
  delivery: { kind: 'normal' },
};

export function planFault(fault: Fault | undefined): FaultPlan {
  switch (fault?.kind) {
    case undefined:
      return NO_FAULT;
    case 'error':
      return replaced(
        new ServiceError(
          fault.type,
          fault.message ?? 'Injected fault.',
          fault.status ?? statusOf(fault.type),
        ),
      );
    case 'status':
      return replaced({
        status: fault.status,
        headers: { 'Content-Type': 'text/plain' },
        body: 'Injected fault.',
      });
    case 'throttle':
      return replaced(new ServiceError('TooManyRequestsException', 'Too many requests'));
    case 'delay':
      return { ...NO_FAULT, [fault.processed === 'last' ? 'delayBeforeMs' : 'delayAfterMs']: fault.ms };
    case 'resetBeforeProcessing':
      return { ...replaced({ status: 0, headers: {}, body: '' }), delivery: { kind: 'reset' } };
    case 'resetAfterCommit':
      return { ...NO_FAULT, delivery: { kind: 'reset' } };
    case 'truncatedBody':
      return fault.cut === 'broken'
        ? { ...NO_FAULT, delivery: { kind: 'brokenInTheMiddle' } }
        : { ...NO_FAULT, shape: (answer) => ({ ...answer, body: firstHalf(answer.body) }) };
    case 'htmlBody':
      return replaced(htmlAnswer('<html><body><h1>Request blocked</h1></body></html>', fault.status ?? 200));
    case 'slowBody':
      return { ...NO_FAULT, delivery: { kind: 'trickle', ms: fault.ms } };
  }
}

function replaced(replacement: ServiceError | Answer): FaultPlan {
  return { ...NO_FAULT, replacement };
}

/** The service answers its own failures with 500, everything else with 400. */
function statusOf(type: string): number {
  return type === 'InternalErrorException' ? 500 : 400;
}
