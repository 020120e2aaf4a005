// expect-eslint: local/rxjs-scheduler
import { ReplaySubject } from 'rxjs';

export const waits = () => new ReplaySubject<number>(1, 1000);
