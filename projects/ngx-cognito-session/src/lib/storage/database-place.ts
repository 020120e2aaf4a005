import { inject } from '@angular/core';
import { RESOLVED_CONFIG } from '../config/resolved-config';
import { SESSION_LOGGER } from '../platform/session-logger';
import { SESSION_SCHEDULER } from '../platform/session-scheduler';
import { DatabaseRecord, type DatabaseStore } from './database-record';
import { IndexedDbItems } from './indexed-db-items';
import { IndexedDbRecord } from './indexed-db-record';
import type { RecordCopy } from './record-copy';
import type { RecordPlace } from './record-place';
import { markersIn, type SignOutMarkers } from './sign-out-markers';

/** The record in an IndexedDB database of this name. */
export function databasePlace(name: string, copy: RecordCopy | null = null): RecordPlace {
  const { namespace } = inject(RESOLVED_CONFIG);
  const hasDatabase = hasIndexedDb();
  if (!hasDatabase) inject(SESSION_LOGGER).warn('There is no IndexedDB here: tabs may disagree.');
  const record = hasDatabase ? new IndexedDbRecord(new IndexedDbItems(name), `record:${namespace}`) : null;
  return placeIn(record, markersIn('localStorage'), copy);
}

/** The place of a record whose database can be lost. */
export function placeIn(
  record: DatabaseStore | null,
  markers: SignOutMarkers,
  copy: RecordCopy | null = null,
): RecordPlace {
  const followed = copy?.canBegin === true ? copy : null;
  const database = new DatabaseRecord(record, followed, inject(SESSION_SCHEDULER));
  return { store: database, database, copy, markers, isShared: true };
}

export function hasIndexedDb(): boolean {
  try {
    return typeof indexedDB !== 'undefined';
  } catch {
    return false;
  }
}
