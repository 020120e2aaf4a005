// expect-depcruise: room-lifecycle
import { stepCount } from '../session-service';

export const used = stepCount;
