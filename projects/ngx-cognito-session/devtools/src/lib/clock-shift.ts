import { DestroyRef, inject } from '@angular/core';
import { SESSION_CLOCK } from 'ngx-cognito-session';

/**
 * Sets the wall clock of the library. The clock object is left as it is until a shift is asked for: then its `now` is replaced, for
 * everything that holds the clock, and put back when the shift ends.
 */
export class ClockShift {
  readonly #clock = inject(SESSION_CLOCK);
  readonly #own = Object.getOwnPropertyDescriptor(this.#clock, 'now');
  readonly #original = this.#clock.now.bind(this.#clock);
  readonly #shifted = (): number => this.#original() + this.#shiftMs;
  #shiftMs = 0;

  constructor() {
    inject(DestroyRef).onDestroy(() => {
      this.set(0);
    });
  }

  /** How much the clock of the library is ahead of the device's. */
  get ms(): number {
    return this.#shiftMs;
  }

  /** The device's own clock. */
  deviceMs(): number {
    return this.#original();
  }

  /** `false`: the app's clock cannot be set. */
  set(ms: number): boolean {
    try {
      if (ms !== 0) this.#clock.now = this.#shifted;
      // Another panel of this page may have set it since. Then only this shift ends.
      else if (Reflect.get(this.#clock, 'now') === this.#shifted) this.#restore();
    } catch {
      return false;
    }
    this.#shiftMs = ms;
    return true;
  }

  #restore(): void {
    if (this.#own === undefined) Reflect.deleteProperty(this.#clock, 'now');
    else Object.defineProperty(this.#clock, 'now', this.#own);
  }
}
