import { stepCount } from '../../session-service';

export const sending = (): number => stepCount();
