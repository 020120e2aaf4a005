// expect-eslint: local/rxjs-scheduler
import { sampleTime } from 'rxjs';

export const waits = () => sampleTime<number>(1000);
