// expect-eslint: local/rxjs-scheduler
import { timeout } from 'rxjs';

export const waits = () => timeout<number>(1000);
