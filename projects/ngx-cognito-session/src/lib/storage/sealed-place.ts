import { inject } from '@angular/core';
import { RESOLVED_CONFIG } from '../config/resolved-config';
import { PageStop } from '../platform/page-stop';
import { SESSION_CLOCK } from '../platform/session-clock';
import { SESSION_LOGGER } from '../platform/session-logger';
import { hasIndexedDb, placeIn } from './database-place';
import { DEFAULT_DATABASE } from './default-names';
import { IndexedDbItems } from './indexed-db-items';
import type { RecordKeys } from './record-keys';
import type { RecordPlace } from './record-place';
import { hasWebCrypto } from './record-seal';
import { SealedRecord } from './sealed-record';
import type { SignOutMarkers } from './sign-out-markers';

/** Whether this browser has what a sealed record needs. */
export function canSeal(): boolean {
  return hasIndexedDb() && hasWebCrypto();
}

/** The place of a sealed record. Needs the injection context of a configured session. */
export function sealedPlace(keys: RecordKeys, markers: SignOutMarkers): RecordPlace {
  const { namespace } = inject(RESOLVED_CONFIG);
  const sealed = new SealedRecord({
    items: new IndexedDbItems(DEFAULT_DATABASE),
    prefix: `record:${namespace}/`,
    keys,
    clock: inject(SESSION_CLOCK),
    pageStop: inject(PageStop),
  });
  return placeIn(sealed, markers);
}

/** Returns what reports that this page cannot share its session. */
export function warnAlone(): () => void {
  const logger = inject(SESSION_LOGGER);
  return () => logger.warn('This browser cannot share a sealed session: each tab has a session of its own.');
}
