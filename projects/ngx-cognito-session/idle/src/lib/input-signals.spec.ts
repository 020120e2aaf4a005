import { DOCUMENT } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { INPUT_SIGNALS } from './input-signals';

/** A window whose events come from the user, which no script can make. */
class UsersWindow {
  readonly listeners = new Map<
    string,
    { readonly listener: (event: unknown) => void; readonly options: unknown }
  >();

  addEventListener(type: string, listener: (event: unknown) => void, options: unknown): void {
    this.listeners.set(type, { listener, options });
  }

  removeEventListener(type: string): void {
    this.listeners.delete(type);
  }
}

describe('INPUT_SIGNALS', () => {
  it('emits for pointer, key, touch and wheel, listens passively, and only while it is subscribed', () => {
    const page = new UsersWindow();
    TestBed.configureTestingModule({
      providers: [{ provide: DOCUMENT, useValue: { defaultView: page } }],
    });
    let count = 0;

    const subscription = TestBed.inject(INPUT_SIGNALS).subscribe(() => count++);
    const types = [...page.listeners.keys()];
    for (const { listener } of page.listeners.values()) listener({ isTrusted: true });
    const options = [...page.listeners.values()].map((entry) => entry.options);
    subscription.unsubscribe();

    expect(types).toEqual(['pointerdown', 'pointermove', 'keydown', 'touchstart', 'wheel']);
    expect(count).toBe(5);
    for (const option of options) expect(option).toEqual({ capture: true, passive: true });
    expect(page.listeners.size).toBe(0);
  });

  it('ignores events that a script dispatches', () => {
    let count = 0;
    const subscription = TestBed.inject(INPUT_SIGNALS).subscribe(() => count++);

    for (const type of ['pointerdown', 'pointermove', 'keydown', 'touchstart', 'wheel', 'scroll'])
      document.body.dispatchEvent(new Event(type, { bubbles: true }));
    subscription.unsubscribe();

    expect(count).toBe(0);
  });
});
