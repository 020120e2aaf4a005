// expect-eslint: local/rxjs-scheduler
import { shareReplay } from 'rxjs';

export const waits = () => shareReplay<number>({ refCount: true, windowTime: 1000 });
