import { inject } from '@angular/core';
import { RESOLVED_CONFIG } from '../config/resolved-config';
import { SESSION_CLOCK } from '../platform/session-clock';
import { SESSION_LOGGER } from '../platform/session-logger';
import { WEB_LOCKS } from '../platform/web-locks';
import { AdapterRecord } from './adapter-record';
import { databasePlace } from './database-place';
import { DEFAULT_DATABASE } from './default-names';
import type { KnownAdapter } from './known-adapter';
import { MemoryStorage } from './memory-storage';
import { RecordCopy, type SynchronousStorage } from './record-copy';
import type { RecordPlace } from './record-place';
import { markersIn } from './sign-out-markers';
import type { StorageAdapter } from './storage-adapter';
import { noTurns, tabTurns, TURN_LIMIT_MS } from './tab-turns';

/** The place of the record with an adapter that can be any. */
export function placeFor(adapter: KnownAdapter): RecordPlace {
  const { ɵdatabase, ɵisLocalStorage, refreshTokenIn } = adapter;
  if (ɵdatabase !== undefined) return databasePlace(ɵdatabase);
  if (!isForCopy(adapter)) return adapterPlace(adapter);
  const isWhole = refreshTokenIn !== 'indexedDb';
  const copy = new RecordCopy(adapter, inject(RESOLVED_CONFIG).namespace, isWhole, ɵisLocalStorage === true);
  return databasePlace(DEFAULT_DATABASE, copy);
}

/** These adapters hold a copy. The record is in the database. */
function isForCopy(adapter: KnownAdapter): adapter is KnownAdapter & SynchronousStorage {
  return adapter.ɵisLocalStorage === true || adapter.refreshTokenIn !== undefined;
}

/** The record in an adapter of the app. */
export function adapterPlace(adapter: StorageAdapter): RecordPlace {
  const { shared: isShared = true, coherent: isCoherent = false } = adapter;
  const { namespace } = inject(RESOLVED_CONFIG);
  const clock = inject(SESSION_CLOCK);
  const locks = inject(WEB_LOCKS);
  if (isShared && !(isCoherent && locks !== null))
    inject(SESSION_LOGGER).warn('The storage has no transactions: tabs may disagree.');
  const hasTurns = isShared && locks !== null;
  const turns = hasTurns ? tabTurns(`${namespace}/record`) : noTurns;
  return {
    store: new AdapterRecord(adapter, namespace, turns, () => clock.monotonic(), isShared),
    database: null,
    copy: null,
    // What lies in the memory of the page is gone with it.
    markers: markersIn(
      adapter instanceof MemoryStorage ? null : isShared ? 'localStorage' : 'sessionStorage',
    ),
    isShared,
    turnLimitMs: hasTurns ? TURN_LIMIT_MS : 0,
  };
}
