// expect-depcruise: schematics-dependencies
import { SessionError } from '../src/lib/errors/session-error';

export const used = SessionError;
