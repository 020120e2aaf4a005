// expect-eslint: local/rxjs-scheduler
import { windowTime } from 'rxjs';

export const waits = () => windowTime<number>(1000);
