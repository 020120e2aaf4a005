// expect-eslint: local/rxjs-scheduler
import { timer as wait } from 'rxjs';

export const later = () => wait(1);
