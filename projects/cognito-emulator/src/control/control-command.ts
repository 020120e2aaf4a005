import type { Emulator } from '../emulator';
import type { Desk } from '../http/serve-exchange';
import type { CallInput } from '../operations/call-input';

export interface ControlContext {
  readonly emulator: Emulator;
  readonly desk: Desk;
}

/** One command of the control path: a JSON object in, a JSON value out. */
export type ControlCommand = (context: ControlContext, input: CallInput) => unknown;
