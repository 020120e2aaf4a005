import { DOCUMENT, inject } from '@angular/core';
import { RESOLVED_CONFIG } from '../config/resolved-config';
import { isTimeMs } from '../core/claims';
import type { RecordStep } from '../core/record-step';
import type { RecordReading } from '../core/session-record';
import { honouringMarkers, honourMarkers, isSettled, type SignOutMarker } from '../core/sign-out-marker';

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

  /** A reading in which the marked sessions have ended. `markers`: those that count, if they are listed already. */
  honour(reading: RecordReading, markers = this.list()): RecordReading {
    return honourMarkers(reading, markers);
  }

  /** A step that ends a marked session besides its own work. The markers count that are there when it is taken. */
  honouring<T>(step: RecordStep<T>): RecordStep<T> {
    return (reading) => honouringMarkers(step, this.list())(reading);
  }

  /**
   * Removes those of `found` that have nothing left to end. `found`: what was listed before the record was read. A marker
   * that was left later may end a session that began after the read.
   */
  settle(found: readonly SignOutMarker[], reading: RecordReading): void {
    this.#use((items) => {
      for (const marker of found.filter((one) => isSettled(one, reading))) {
        const key = this.prefix + marker.sid;
        if (readMarker(items.getItem(key)).every(({ at }) => at === marker.at)) items.removeItem(key);
      }
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
  const items = () => (storage === null ? null : page?.[storage]);
  return new SignOutMarkers(items, markerPrefix(namespace));
}

/** What the keys of the markers of one app client begin with. */
export function markerPrefix(namespace: string): string {
  return `cognito-session:${namespace}/signed-out/`;
}
