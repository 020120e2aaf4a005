import type { Barrier } from '../faults/barrier';
import { optionalNumber, optionalString, requiredNumber, requiredString } from '../operations/call-input';
import type { ControlCommand, ControlContext } from './control-command';
import { parseFault, parseHoldPoint } from './parse-fault';

/** Commands about calls: the log, faults and barriers. */
export const CALL_COMMANDS: Readonly<Record<string, ControlCommand>> = {
  log: ({ emulator }, input) => emulator.log.calls(optionalString(input, 'operation')),
  count: ({ emulator }, input) => ({ count: emulator.log.count(optionalString(input, 'operation')) }),
  'fetches-per-refresh-token': ({ emulator }, input) =>
    Object.fromEntries(emulator.log.fetchesPerRefreshToken(optionalString(input, 'operation'))),
  'clear-log': ({ emulator }) => {
    emulator.log.clear();
  },
  'wait-for-call': ({ emulator }, input) => emulator.log.next(optionalString(input, 'operation')),
  'when-arrived': ({ emulator }, input) =>
    emulator.log.whenArrived(requiredString(input, 'operation'), optionalNumber(input, 'count') ?? 1),
  'when-ended': ({ emulator }, input) =>
    emulator.log.whenEnded(requiredString(input, 'operation'), optionalNumber(input, 'count') ?? 1),

  fault: ({ emulator }, input) => {
    emulator.faults.add(requiredString(input, 'operation'), parseFault(input));
  },
  'clear-faults': ({ emulator }) => {
    emulator.faults.clear();
  },
  hold: ({ emulator, desk }, input) => {
    emulator.hold(requiredString(input, 'operation'), parseHoldPoint(input));
    return { barrier: desk.barriers.count - 1 };
  },
  arrived: async (context, input) => {
    const barrier = barrierOf(context, requiredNumber(input, 'barrier'));
    await barrier.arrived(optionalNumber(input, 'count') ?? 1);
    return { arrivals: barrier.arrivals };
  },
  release: (context, input) =>
    barrierOf(context, requiredNumber(input, 'barrier')).release(optionalNumber(input, 'index') ?? 0),
  open: (context, input) => barrierOf(context, requiredNumber(input, 'barrier')).open(),
};

function barrierOf({ desk }: ControlContext, index: number): Barrier {
  const barrier = desk.barriers.at(index);
  if (barrier === undefined) throw new Error(`No barrier ${index}`);
  return barrier;
}
