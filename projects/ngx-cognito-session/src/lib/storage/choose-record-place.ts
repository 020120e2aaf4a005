import { inject, InjectionToken } from '@angular/core';
import { IS_BROWSER } from '../platform/is-browser';
import { adapterPlace, placeFor } from './adapter-place';
import { MemoryStorage } from './memory-storage';
import type { RecordPlace } from './record-place';
import { SESSION_STORAGE } from './session-storage-token';
import type { StorageAdapter } from './storage-adapter';

declare const ngDevMode: unknown;

/**
 * Makes the place of the record, in the injection context of a configured session. A feature that seals the record sets its own,
 * so that a bundle contains no other encryption. Default: what the adapter says of itself, also one that the app provides as
 * `SESSION_STORAGE` without a feature.
 */
export const RECORD_PLACE = new InjectionToken<(adapter: StorageAdapter) => RecordPlace>(
  typeof ngDevMode === 'undefined' || ngDevMode ? 'RECORD_PLACE' : '',
  { providedIn: 'root', factory: () => placeFor },
);

/** Chooses the place of the record. Needs the injection context of a configured session. */
export function chooseRecordPlace(): RecordPlace {
  // A server renders pages of many users. Nothing is written there, and no page of it knows another one.
  return inject(IS_BROWSER)
    ? inject(RECORD_PLACE)(inject(SESSION_STORAGE))
    : adapterPlace(new MemoryStorage());
}
