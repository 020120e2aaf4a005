// expect-eslint: local/rxjs-scheduler
import { timeInterval } from 'rxjs';

export const waits = () => timeInterval<number>();
