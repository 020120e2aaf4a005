import { signal, type CreateSignalOptions, type NgZone, type Signal } from '@angular/core';
import { Observable, type Subscriber } from 'rxjs';
import { inZone } from './enter-zone';

/**
 * A state whose parts are signals and streams. A stream has one map for all of its subscribers, and none of them has
 * operators of its own: an app may have thousands. A subscriber that reads another part gets the newest value of it.
 */
export class SharedState<S> {
  readonly #parts: (() => void)[] = [];
  #isOver = false;

  constructor(
    private state: S,
    private readonly zone: NgZone,
  ) {}

  /** Publishes another state. The signals are set before any subscriber is called. */
  next(state: S): void {
    this.state = state;
    for (const publish of this.#parts) publish();
  }

  /** Completes all streams. */
  complete(): void {
    this.#isOver = true;
    this.next(this.state);
  }

  /** A signal of its own for each part: a reader learns of no change but that of the part. */
  signal<T>(part: (state: S) => T, options?: CreateSignalOptions<T>): Signal<T> {
    const current = signal(part(this.state), options);
    this.#parts.unshift(() => current.set(part(this.state)));
    return current.asReadonly();
  }

  /** Hot; silent while the part is `undefined`; replays its value, then every change of it, inside the zone. */
  stream<T>(part: (state: S) => T | undefined): Observable<T> {
    /** What each subscriber was given last. */
    const given = new Map<Subscriber<T>, T | undefined>();
    const publish = (last: T | undefined, subscriber: Subscriber<T>) => {
      const value = part(this.state);
      if (this.#isOver) subscriber.complete();
      else if (value !== undefined && value !== last) {
        given.set(subscriber, value);
        inZone(this.zone, () => {
          subscriber.next(value);
        });
      }
    };
    this.#parts.push(() => given.forEach(publish));
    return new Observable((subscriber) => {
      given.set(subscriber, undefined);
      publish(undefined, subscriber);
      return () => given.delete(subscriber);
    });
  }
}
