import { InjectionToken } from '@angular/core';
import type { SessionRecord } from '../storage/session-record';

/** The one port between the lifecycle and what is stored. */
export const RECORD = new InjectionToken<SessionRecord>('RECORD');
