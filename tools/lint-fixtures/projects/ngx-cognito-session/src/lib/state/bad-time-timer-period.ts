// expect-eslint: local/rxjs-scheduler
import { timer } from 'rxjs';

export const ticks = () => timer(0, 1000);
