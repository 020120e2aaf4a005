import type { NgZone } from '@angular/core';
import { Observable, share } from 'rxjs';

export interface PageListener {
  readonly target: EventTarget | null;
  readonly type: string;
  readonly listener: (event: Event) => void;
}

/** Listens outside the Angular zone, once for all subscribers, and only while there are any. */
export function pageEvents<T>(
  zone: NgZone,
  listenersFor: (emit: (signal: T) => void) => readonly PageListener[],
): Observable<T> {
  return new Observable<T>((subscriber) =>
    zone.runOutsideAngular(() => {
      const listeners = listenersFor((signal) => {
        subscriber.next(signal);
      });
      for (const { target, type, listener } of listeners) target?.addEventListener(type, listener);
      return () => {
        for (const { target, type, listener } of listeners) target?.removeEventListener(type, listener);
      };
    }),
  ).pipe(share({ resetOnRefCountZero: true }));
}
