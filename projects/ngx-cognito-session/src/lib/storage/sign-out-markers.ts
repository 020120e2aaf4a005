import { DOCUMENT, inject } from '@angular/core';
import { RESOLVED_CONFIG } from '../config/resolved-config';
import { isTimeMs } from '../core/claims';
import { isSettled, type SignOutMarker } from '../core/sign-out-marker';
import type { RecordReading } from '../core/session-record';

/**
 * The sign-out markers of one app client, each an item of a web storage. What the storage throws is ignored: where there
 * is none, a sign-out reaches the record or is lost with the page.
 */
export class SignOutMarkers {
  constructor(
    private readonly items: () => Storage | null | undefined,
    /** Ends with a slash. */
    private readonly prefix: string,
  ) {}

  leave(marker: SignOutMarker): void {
    this.#use((items) => items.setItem(this.prefix + marker.sid, JSON.stringify(marker)));
  }

  list(): readonly SignOutMarker[] {
    return this.#use((items) => this.#keysIn(items).flatMap((key) => readMarker(items.getItem(key)))) ?? [];
  }

  /** Removes the markers that have nothing left to end. */
  settle(reading: RecordReading): void {
    const settled = this.list().filter((marker) => isSettled(marker, reading));
    this.#use((items) => {
      for (const { sid } of settled) items.removeItem(this.prefix + sid);
    });
  }

  #keysIn(items: Storage): readonly string[] {
    return Array.from({ length: items.length }, (_, at) => items.key(at) ?? '').filter((key) =>
      key.startsWith(this.prefix),
    );
  }

  #use<T>(work: (items: Storage) => T): T | undefined {
    try {
      const items = this.items();
      return items ? work(items) : undefined;
    } catch {
      return undefined;
    }
  }
}

/** A marker that is damaged ends nothing. */
function readMarker(text: string | null): readonly SignOutMarker[] {
  try {
    const { sid, at, revoke, global, reason } = JSON.parse(text ?? '') as Partial<
      Record<keyof SignOutMarker, unknown>
    >;
    return typeof sid === 'string' && typeof at === 'number' && isTimeMs(at)
      ? [
          {
            sid,
            at,
            ...(revoke === false && { revoke }),
            ...(global === true && { global }),
            ...(reason === 'idle' && { reason }),
          },
        ]
      : [];
  } catch {
    return [];
  }
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
