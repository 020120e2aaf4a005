// expect-eslint: local/rxjs-scheduler
import { shareReplay } from 'rxjs';

export const waits = () => shareReplay<number>(1, 1000);
