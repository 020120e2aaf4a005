import { InjectionToken } from '@angular/core';
import type { Observable } from 'rxjs';

/** What a server does instead of restoring; builds for browsers do not have it. */
export const SERVER_RESTORE = new InjectionToken<{
  /** Cold; emits once and completes, never errors. */
  run(): Observable<void>;
}>('SERVER_RESTORE');
