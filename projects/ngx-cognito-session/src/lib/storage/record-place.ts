import { EMPTY, type Observable } from 'rxjs';
import type { DatabaseRecord } from './database-record';
import { MemoryRecord } from './memory-record';
import type { RecordCopy } from './record-copy';
import type { RecordStore } from './record-store';
import { markersIn, type SignOutMarkers } from './sign-out-markers';

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
