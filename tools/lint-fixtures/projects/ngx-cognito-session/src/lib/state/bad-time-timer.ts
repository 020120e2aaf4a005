// expect-eslint: local/rxjs-scheduler
import { timer } from 'rxjs';

export const waits = () => timer(1000);
