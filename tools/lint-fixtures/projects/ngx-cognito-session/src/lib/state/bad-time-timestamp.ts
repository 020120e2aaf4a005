// expect-eslint: local/rxjs-scheduler
import { timestamp } from 'rxjs';

export const waits = () => timestamp<number>();
