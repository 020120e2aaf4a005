// expect-depcruise: room-session-module
import { wiring } from './provide-session';

export const used = wiring;
