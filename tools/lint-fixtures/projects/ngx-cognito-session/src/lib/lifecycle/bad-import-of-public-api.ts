// expect-depcruise: room-lifecycle
import { SessionError } from '../../public-api';

export const used = SessionError;
