import { inject } from '@angular/core';
import { EMPTY, timer } from 'rxjs';
import { RESOLVED_CONFIG } from '../config/resolved-config';
import { SESSION_CLOCK } from '../platform/session-clock';
import { SESSION_LOGGER } from '../platform/session-logger';
import { SESSION_SCHEDULER } from '../platform/session-scheduler';
import { WEB_LOCKS } from '../platform/web-locks';
import { AdapterRecord } from './adapter-record';
import { databasePlace } from './database-place';
import { MemoryStorage } from './memory-storage';
import type { RecordPlace } from './record-place';
import { recordPlan, type AdapterPlan } from './record-plan';
import { markersIn } from './sign-out-markers';
import { noTurns, TURN_LIMIT_MS, turnsByLock } from './step-turns';
import type { StorageAdapter } from './storage-adapter';

/** The place of the record with an adapter that can be any. */
export function placeFor(adapter: StorageAdapter): RecordPlace {
  const plan = recordPlan(adapter);
  return plan.type === 'database' ? databasePlace(adapter, plan) : adapterPlace(adapter, plan);
}

/** The record in an adapter of the app. */
export function adapterPlace(adapter: StorageAdapter, { isShared, isCoherent }: AdapterPlan): RecordPlace {
  const { namespace } = inject(RESOLVED_CONFIG);
  const scheduler = inject(SESSION_SCHEDULER);
  const clock = inject(SESSION_CLOCK);
  const locks = inject(WEB_LOCKS);
  if (isShared && !(isCoherent && locks !== null))
    inject(SESSION_LOGGER).warn('The storage has no transactions: tabs may disagree.');
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
