import { stepCount } from '../session-service';
import { now } from '../platform/clock';

export const seen = (): number => stepCount() + now();
