import { inject } from '@angular/core';
import { Subject } from 'rxjs';
import { RESOLVED_CONFIG } from '../config/resolved-config';
import { SESSION_LOGGER } from '../platform/session-logger';
import { SESSION_SCHEDULER } from '../platform/session-scheduler';
import { DatabaseRecord } from './database-record';
import { IndexedDbItems } from './indexed-db-items';
import { IndexedDbRecord } from './indexed-db-record';
import type { RecordCopy } from './record-copy';
import type { RecordPlace } from './record-place';
import { markersIn } from './sign-out-markers';

/** The record in IndexedDB. `canCopyBegin`: the copy can begin a session, and stand in for the database. */
export function databasePlace(
  name: string,
  copy: RecordCopy | null = null,
  canCopyBegin = false,
): RecordPlace {
  const { namespace } = inject(RESOLVED_CONFIG);
  const logger = inject(SESSION_LOGGER);
  const disturbed = new Subject<void>();
  const items = hasIndexedDb() ? new IndexedDbItems(name, () => disturbed.next()) : null;
  const database = new DatabaseRecord({
    database: items && new IndexedDbRecord(items, `record:${namespace}`),
    copy: canCopyBegin ? copy : null,
    scheduler: inject(SESSION_SCHEDULER),
    forget: () => items?.forget(),
    onModeChange: () => disturbed.next(),
  });
  if (items === null) logger.warn('There is no IndexedDB here: tabs may disagree.');
  return {
    store: database,
    database,
    copy,
    canCopyBegin,
    markers: markersIn('localStorage'),
    isShared: true,
    disturbed$: disturbed,
  };
}

export function hasIndexedDb(): boolean {
  try {
    return typeof indexedDB !== 'undefined';
  } catch {
    return false;
  }
}
