// expect-eslint: local/rxjs-scheduler
import { repeat } from 'rxjs';

export const waits = () => repeat<number>({ count: 1, delay: 1000 });
