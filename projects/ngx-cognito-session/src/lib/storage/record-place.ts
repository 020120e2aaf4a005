import { inject, InjectionToken } from '@angular/core';
import { EMPTY, type Observable } from 'rxjs';
import { IS_BROWSER } from '../platform/is-browser';
import type { DatabaseRecord } from './database-record';
import { MemoryRecord } from './memory-record';
import type { RecordCopy } from './record-copy';
import type { RecordStore } from './record-store';
import { SESSION_STORAGE } from './session-storage-token';
import { markersIn, type SignOutMarkers } from './sign-out-markers';
import type { StorageAdapter } from './storage-adapter';

/** Where the record of this session is, and what belongs to it there. */
export interface RecordPlace {
  readonly store: RecordStore;
  /** The store, if its database can be lost. */
  readonly database: DatabaseRecord | null;
  readonly copy: RecordCopy | null;
  /** Whether a copy can begin a session, or stand in for the database: one in `localStorage` can, cookies cannot. */
  readonly canCopyBegin: boolean;
  readonly markers: SignOutMarkers;
  /** Whether other tabs see the record. */
  readonly isShared: boolean;
  /** Hot: the database was taken away, or its mode has changed. */
  readonly disturbed$: Observable<void>;
  /** How long a step may wait for its turn among the tabs, besides the time that the storage takes. */
  readonly turnLimitMs?: number;
}

/**
 * Makes the place of the record, in the injection context of a configured session. Each storage feature sets its own, so
 * that a bundle contains only the places that its app can choose. Default: the memory of the page.
 */
export const RECORD_PLACE = new InjectionToken<(adapter: StorageAdapter) => RecordPlace>('RECORD_PLACE', {
  providedIn: 'root',
  factory: () => memoryPlace,
});

/** Chooses the place of the record. Needs the injection context of a configured session. */
export function chooseRecordPlace(): RecordPlace {
  // A server renders pages of many users. Nothing is written there, and no page of it knows another one.
  return inject(IS_BROWSER) ? inject(RECORD_PLACE)(inject(SESSION_STORAGE)) : memoryPlace();
}

/** The record in the memory of this page. What a sign-out marker would name is gone with the page. */
export function memoryPlace(): RecordPlace {
  return {
    store: new MemoryRecord(),
    database: null,
    copy: null,
    canCopyBegin: false,
    markers: markersIn(null),
    isShared: false,
    disturbed$: EMPTY,
  };
}
