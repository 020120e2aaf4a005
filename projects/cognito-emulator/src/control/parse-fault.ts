import type { HoldPoint } from '../faults/barrier';
import type { Fault } from '../faults/fault';
import { invalidParameter } from '../http/service-error';
import {
  optionalNumber,
  optionalString,
  requiredNumber,
  requiredString,
  type CallInput,
} from '../operations/call-input';

/** A fault from JSON: the same members as the type. */
export function parseFault(input: CallInput): Fault {
  const times = optionalNumber(input, 'times');
  const fault = parseKind(input);
  return times === undefined ? fault : { ...fault, times };
}

function parseKind(input: CallInput): Fault {
  const kind = requiredString(input, 'kind');
  const status = optionalNumber(input, 'status');
  switch (kind) {
    case 'error': {
      const message = optionalString(input, 'message');
      return {
        kind,
        type: requiredString(input, 'type'),
        ...(message === undefined ? {} : { message }),
        ...(status === undefined ? {} : { status }),
      };
    }
    case 'status':
      return { kind, status: requiredNumber(input, 'status') };
    case 'throttle':
    case 'resetBeforeProcessing':
    case 'resetAfterCommit':
      return { kind };
    case 'delay':
      return {
        kind,
        ms: requiredNumber(input, 'ms'),
        processed: input['processed'] === 'last' ? 'last' : 'first',
      };
    case 'truncatedBody':
      return { kind, cut: input['cut'] === 'broken' ? 'broken' : 'complete' };
    case 'htmlBody':
      return status === undefined ? { kind } : { kind, status };
    case 'slowBody':
      return { kind, ms: requiredNumber(input, 'ms') };
    default:
      throw invalidParameter(`No fault kind ${kind}`);
  }
}

export function parseHoldPoint(input: CallInput): HoldPoint {
  return input['point'] === 'afterCommit' ? 'afterCommit' : 'beforeProcessing';
}
