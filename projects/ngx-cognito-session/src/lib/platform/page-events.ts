import type { NgZone } from '@angular/core';
import { filter, fromEvent, map, merge, share, type Observable } from 'rxjs';
import { leaveZone } from './enter-zone';

/** The signal that an event of this target gives; `null`: none. */
export type PageSource<T> = readonly [target: EventTarget | null, type: string, signal: () => T | null];

/** Listens outside the Angular zone, once for all subscribers, and only while there are any. */
export function pageEvents<T>(zone: NgZone, sources: readonly PageSource<T>[]): Observable<T> {
  const signals = sources.flatMap(([target, type, signal]) =>
    target === null ? [] : [fromEvent(target, type).pipe(map(signal))],
  );
  return merge(...signals).pipe(
    filter((signal) => signal !== null),
    leaveZone(zone),
    share({ resetOnRefCountZero: true }),
  );
}
