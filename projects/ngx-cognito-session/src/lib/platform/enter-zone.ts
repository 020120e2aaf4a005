import { NgZone } from '@angular/core';
import { Observable, type MonoTypeOperatorFunction } from 'rxjs';

/** Delivers everything inside the Angular zone: values of a timer or a `fetch` outside of it enter it once. */
export function enterZone<T>(zone: NgZone): MonoTypeOperatorFunction<T> {
  return (source) =>
    new Observable<T>((subscriber) =>
      source.subscribe({
        next: (value) => {
          inZone(zone, () => {
            subscriber.next(value);
          });
        },
        error: (error: unknown) => {
          inZone(zone, () => {
            subscriber.error(error);
          });
        },
        complete: () => {
          inZone(zone, () => {
            subscriber.complete();
          });
        },
      }),
    );
}

/** Subscribes outside the Angular zone, so that what the source waits for causes no change detection. */
export function leaveZone<T>(zone: NgZone): MonoTypeOperatorFunction<T> {
  return (source) =>
    new Observable<T>((subscriber) => zone.runOutsideAngular(() => source.subscribe(subscriber)));
}

/** Delivers inside the zone. Entering again from inside would make Angular check for stability once more. */
export function inZone(zone: NgZone, deliver: () => void): void {
  if (NgZone.isInAngularZone()) deliver();
  else zone.run(deliver);
}
