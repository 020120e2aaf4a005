// expect-eslint: local/rxjs-scheduler
import { interval } from 'rxjs';

export const waits = () => interval(1000);
