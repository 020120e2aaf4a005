// expect-depcruise: room-router
import { seen } from '../http/interceptor';

export const used = seen;
