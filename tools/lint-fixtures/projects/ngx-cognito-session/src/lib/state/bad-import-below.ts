// expect-depcruise: room-state
import { steps } from '../lifecycle/renew';

export const used = steps;
