// expect-eslint: local/rxjs-scheduler @typescript-eslint/no-restricted-imports
import * as rx from 'rxjs';

export const later = () => rx.timer(1);
