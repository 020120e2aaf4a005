// expect-eslint: @typescript-eslint/no-restricted-imports
import { asyncScheduler, timer } from 'rxjs';

export const later = () => timer(1, asyncScheduler);
