// expect-eslint: local/rxjs-scheduler
import { retry } from 'rxjs';

export const waits = () => retry<number>({ count: 1, delay: 1000 });
