// expect-eslint: local/rxjs-scheduler
import { debounceTime } from 'rxjs';

export const waits = () => debounceTime<number>(1000);
