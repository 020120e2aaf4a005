import { DOCUMENT, inject } from '@angular/core';
import { RESOLVED_CONFIG } from '../config/resolved-config';
import { DEFAULT_WEB_STORAGE_PREFIX } from './default-names';
import { markerPrefix, type RecordPlace } from './record-place';
import { canSeal, ownPlace, sealedPlace, warnAlone } from './sealed-place';
import { TabKey } from './tab-key';
import { TabMarkers } from './tab-markers';

/** A session of each tab, which its duplicates share. Needs the injection context of a configured session. */
export function sessionStoragePlace(prefix = DEFAULT_WEB_STORAGE_PREFIX): RecordPlace {
  if (!canSeal()) {
    warnAlone()();
    return ownPlace();
  }
  const { namespace } = inject(RESOLVED_CONFIG);
  const page = inject(DOCUMENT).defaultView;
  const items = () => page?.sessionStorage;
  const keys = new TabKey(items, `${prefix}${namespace}/key`);
  return sealedPlace(keys, new TabMarkers(items, markerPrefix(namespace), () => keys.current()));
}
