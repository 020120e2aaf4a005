// expect-eslint: local/no-ambient-time local/rxjs-scheduler
import { timer } from 'rxjs';

export const later = () => timer(Date.now());
