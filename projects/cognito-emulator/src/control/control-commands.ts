import { CALL_COMMANDS } from './call-commands';
import type { ControlCommand } from './control-command';
import { STATE_COMMANDS } from './state-commands';

/** What `/_control/<name>` can be: the abilities of the `Emulator` object, for programs outside its process. */
export const CONTROL_COMMANDS: ReadonlyMap<string, ControlCommand> = new Map([
  ...Object.entries(STATE_COMMANDS),
  ...Object.entries(CALL_COMMANDS),
]);
