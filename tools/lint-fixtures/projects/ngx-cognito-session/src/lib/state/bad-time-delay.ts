// expect-eslint: local/rxjs-scheduler
import { delay } from 'rxjs';

export const waits = () => delay<number>(1000);
