// expect-eslint: local/rxjs-scheduler
import { auditTime } from 'rxjs';

export const waits = () => auditTime<number>(1000);
