import { signal } from '@angular/core';
import type { Parts } from './app';

/** The app without a session. */
export const session = (): Parts => ({ providers: [], userName: () => signal(null) });
