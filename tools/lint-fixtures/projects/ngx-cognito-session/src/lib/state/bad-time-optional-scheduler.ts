// expect-eslint: local/rxjs-scheduler
import { timer, type SchedulerLike } from 'rxjs';

export const later = (scheduler?: SchedulerLike) => timer(1, scheduler);
