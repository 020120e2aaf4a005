// expect-depcruise: examples-by-package-name
import { SessionError } from '../../ngx-cognito-session/src/lib/errors/session-error';

export const used = SessionError;
