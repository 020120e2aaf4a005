import { DOCUMENT, inject } from '@angular/core';
import { RESOLVED_CONFIG } from '../config/resolved-config';
import type { SignOutMarker } from '../core/sign-out-marker';
import { adapterPlace } from './adapter-place';
import { DEFAULT_WEB_STORAGE_PREFIX } from './default-names';
import type { RecordPlace } from './record-place';
import { canSeal, sealedPlace, warnAlone } from './sealed-place';
import { markerPrefix, SignOutMarkers } from './sign-out-markers';
import type { StorageAdapter } from './storage-adapter';
import { TabKey } from './tab-key';

/** A session of each tab, which its duplicates share. Needs the injection context of a configured session. */
export function sessionStoragePlace(
  adapter: StorageAdapter,
  prefix = DEFAULT_WEB_STORAGE_PREFIX,
): RecordPlace {
  if (!canSeal()) {
    warnAlone()();
    return adapterPlace(adapter);
  }
  const { namespace } = inject(RESOLVED_CONFIG);
  const page = inject(DOCUMENT).defaultView;
  const items = () => page?.sessionStorage;
  const keys = new TabKey(items, `${prefix}${namespace}/key`);
  return sealedPlace(keys, new TabMarkers(items, markerPrefix(namespace), keys));
}

/** This tab knows its session before the record was read, so it never marks all sessions. */
class TabMarkers extends SignOutMarkers {
  constructor(
    items: () => Storage | null | undefined,
    prefix: string,
    private readonly keys: TabKey,
  ) {
    super(items, prefix);
  }

  override leave(marker: SignOutMarker): void {
    try {
      const sid = marker.sid === '*' ? this.keys.current() : marker.sid;
      if (sid !== null) super.leave({ ...marker, sid });
    } catch {
      // The browser denies access to the storage, so there is no session either.
    }
  }
}
