import type { NgZone } from '@angular/core';
import { filter, fromEvent, map, merge, Observable, share } from 'rxjs';

/** The signal that an event of this target gives; `null`: none. */
export type PageSource<T> = readonly [target: EventTarget | null, type: string, signal: () => T | null];

/** Listens outside the Angular zone, once for all subscribers, and only while there are any. */
export function pageEvents<T>(zone: NgZone, sources: readonly PageSource<T>[]): Observable<T> {
  const signals = sources.flatMap(([target, type, signal]) =>
    target === null ? [] : [fromEvent(target, type).pipe(map(signal))],
  );
  const signals$ = merge(...signals).pipe(filter((signal) => signal !== null));
  return new Observable<T>((subscriber) => zone.runOutsideAngular(() => signals$.subscribe(subscriber))).pipe(
    share({ resetOnRefCountZero: true }),
  );
}
