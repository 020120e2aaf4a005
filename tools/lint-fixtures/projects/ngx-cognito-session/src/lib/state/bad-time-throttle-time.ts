// expect-eslint: local/rxjs-scheduler
import { throttleTime } from 'rxjs';

export const waits = () => throttleTime<number>(1000);
