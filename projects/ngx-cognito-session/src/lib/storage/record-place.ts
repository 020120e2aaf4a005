import type { DatabaseRecord } from './database-record';
import type { RecordCopy } from './record-copy';
import type { RecordStore } from './record-store';
import type { SignOutMarkers } from './sign-out-markers';

/** Where the record of this session is, and what belongs to it there. */
export interface RecordPlace {
  readonly store: RecordStore;
  /** The store, if its database can be lost. */
  readonly database: DatabaseRecord | null;
  readonly copy: RecordCopy | null;
  readonly markers: SignOutMarkers;
  /** Whether other tabs see the record. */
  readonly isShared: boolean;
  /** How long a step may wait for its turn among the tabs, besides the time that the storage takes. */
  readonly turnLimitMs?: number;
}
