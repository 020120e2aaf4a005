import { DOCUMENT, inject, InjectionToken } from '@angular/core';
import { EMPTY, Subject, timer, type Observable } from 'rxjs';
import { RESOLVED_CONFIG } from '../config/resolved-config';
import { IS_BROWSER } from '../platform/is-browser';
import { SESSION_CLOCK } from '../platform/session-clock';
import { SESSION_LOGGER } from '../platform/session-logger';
import { SESSION_SCHEDULER } from '../platform/session-scheduler';
import { WEB_LOCKS } from '../platform/web-locks';
import { AdapterRecord } from './adapter-record';
import { DatabaseRecord } from './database-record';
import { IndexedDbItems } from './indexed-db-items';
import { IndexedDbRecord } from './indexed-db-record';
import { MemoryStorage } from './memory-storage';
import { RecordCopy } from './record-copy';
import { recordPlan, type RecordPlan } from './record-plan';
import type { RecordStore } from './record-store';
import { SESSION_STORAGE } from './session-storage-token';
import { SignOutMarkers } from './sign-out-markers';
import { noTurns, TURN_LIMIT_MS, turnsByLock } from './step-turns';
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

/** Set by features that seal the record (`withSharedMemory`, `withSessionStorage`), and to `null` by the other storages. */
export const SEALED_PLACE = new InjectionToken<(() => RecordPlace) | null>('SEALED_PLACE');

/** Chooses the place of the record. Needs the injection context of a configured session. */
export function chooseRecordPlace(): RecordPlace {
  // A server renders pages of many users. Nothing is written there, and no page of it knows another one.
  if (!inject(IS_BROWSER))
    return placeInAdapter(new MemoryStorage(), { type: 'adapter', isShared: false, isCoherent: false });
  const sealed = inject(SEALED_PLACE, { optional: true });
  if (sealed !== null) return sealed();
  const adapter = inject(SESSION_STORAGE);
  const plan = recordPlan(adapter);
  return plan.type === 'database' ? inDatabase(adapter, plan) : placeInAdapter(adapter, plan);
}

function inDatabase(
  adapter: StorageAdapter,
  { name, copyIn, isWhole }: Extract<RecordPlan, { type: 'database' }>,
): RecordPlace {
  const { namespace } = inject(RESOLVED_CONFIG);
  const logger = inject(SESSION_LOGGER);
  const disturbed = new Subject<void>();
  const items = hasIndexedDb() ? new IndexedDbItems(name, () => disturbed.next()) : null;
  const copy = copyIn === null ? null : new RecordCopy(adapter, namespace, isWhole);
  const canCopyBegin = copyIn === 'localStorage';
  const database = new DatabaseRecord({
    database: items && new IndexedDbRecord(items, `record:${namespace}`),
    copy: canCopyBegin ? copy : null,
    scheduler: inject(SESSION_SCHEDULER),
    forget: () => items?.forget(),
    onModeChange: () => disturbed.next(),
  });
  if (items === null)
    logger.warn('There is no IndexedDB here: the session goes by its copy, and tabs may disagree.');
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

export function placeInAdapter(
  adapter: StorageAdapter,
  { isShared, isCoherent }: Extract<RecordPlan, { type: 'adapter' }>,
): RecordPlace {
  const { namespace } = inject(RESOLVED_CONFIG);
  const scheduler = inject(SESSION_SCHEDULER);
  const clock = inject(SESSION_CLOCK);
  const locks = inject(WEB_LOCKS);
  if (isShared && !(isCoherent && locks !== null))
    inject(SESSION_LOGGER).warn('Tabs are coordinated as well as possible: the storage is not coherent.');
  const after = (ms: number, work: () => void) => {
    const running = timer(ms, scheduler).subscribe(work);
    return () => running.unsubscribe();
  };
  const hasTurns = isShared && locks !== null;
  const turns = hasTurns ? turnsByLock(locks, `${namespace}/record`, after) : noTurns;
  return {
    store: new AdapterRecord(adapter, namespace, turns, () => clock.monotonic(), isShared),
    database: null,
    copy: null,
    canCopyBegin: false,
    // What lies in the memory of the page is gone with it.
    markers: markersIn(
      adapter instanceof MemoryStorage ? null : isShared ? 'localStorage' : 'sessionStorage',
    ),
    isShared,
    disturbed$: EMPTY,
    turnLimitMs: hasTurns ? TURN_LIMIT_MS : 0,
  };
}

/** The markers of this app client. `null`: there is nothing that a marker could outlive. */
export function markersIn(storage: 'localStorage' | 'sessionStorage' | null): SignOutMarkers {
  const page = inject(DOCUMENT).defaultView;
  const { namespace } = inject(RESOLVED_CONFIG);
  return new SignOutMarkers(() => (storage === null ? null : page?.[storage]), markerPrefix(namespace));
}

/** What the keys of the markers of one app client begin with. */
export function markerPrefix(namespace: string): string {
  return `cognito-session:${namespace}/signed-out/`;
}

export function hasIndexedDb(): boolean {
  try {
    return typeof indexedDB !== 'undefined';
  } catch {
    return false;
  }
}
