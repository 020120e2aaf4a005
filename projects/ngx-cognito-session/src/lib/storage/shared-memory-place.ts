import { DestroyRef, inject } from '@angular/core';
import { RESOLVED_CONFIG } from '../config/resolved-config';
import { SESSION_CLOCK } from '../platform/session-clock';
import { SESSION_SCHEDULER } from '../platform/session-scheduler';
import { adapterPlace } from './adapter-place';
import { MemoryStorage } from './memory-storage';
import type { RecordPlace } from './record-place';
import { canSeal, sealedPlace, warnAlone } from './sealed-place';
import { SharedKey, type KeyChannel } from './shared-key';
import { SharedOrOwnRecord } from './shared-or-own-record';
import { markersIn } from './sign-out-markers';

/** One session in the memory of all tabs. Needs the injection context of a configured session. */
export function sharedMemoryPlace(openChannel: (name: string) => KeyChannel | null): RecordPlace {
  const { namespace } = inject(RESOLVED_CONFIG);
  const own = adapterPlace(new MemoryStorage());
  const warn = warnAlone();
  const channel = canSeal() ? openChannel(`cognito-session:${namespace}/keys`) : null;
  if (channel === null) {
    warn();
    return own;
  }
  inject(DestroyRef).onDestroy(() => channel.close());
  const keys = new SharedKey(channel, inject(SESSION_CLOCK), inject(SESSION_SCHEDULER));
  const place = sealedPlace(keys, markersIn('localStorage'));
  return { ...place, store: new SharedOrOwnRecord(place.store, own.store, warn) };
}
