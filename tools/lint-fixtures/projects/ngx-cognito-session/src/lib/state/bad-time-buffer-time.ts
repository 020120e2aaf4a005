// expect-eslint: local/rxjs-scheduler
import { bufferTime } from 'rxjs';

export const waits = () => bufferTime<number>(1000);
