import { CALL_COMMANDS } from './call-commands';
import type { ControlCommand } from './control-command';
import { STATE_COMMANDS } from './state-commands';

/** What `/_control/<name>` can be: the abilities of the `Emulator` object, for programs outside its process. */
export const CONTROL_COMMANDS: Readonly<Record<string, ControlCommand>> = {
  ...STATE_COMMANDS,
  ...CALL_COMMANDS,
};
