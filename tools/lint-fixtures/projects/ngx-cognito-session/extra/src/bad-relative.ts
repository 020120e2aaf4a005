// expect-depcruise: secondary-by-package-name
import { SessionError } from '../../src/lib/errors/session-error';

export const used = SessionError;
