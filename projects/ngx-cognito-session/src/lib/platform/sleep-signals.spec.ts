import { NgZone, PLATFORM_ID } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { SLEEP_SIGNALS, sleepSignals, type SleepSignal } from './sleep-signals';

/** A document whose visibility is set by hand; its events are real. */
class PageDocument extends EventTarget {
  visibilityState: DocumentVisibilityState = 'visible';
  readonly defaultView = new EventTarget();
}

describe('sleep signals', () => {
  let page: PageDocument;
  let seen: SleepSignal[];

  beforeEach(() => {
    page = new PageDocument();
    seen = [];
  });

  function listen() {
    const signals = sleepSignals(page as unknown as Document, TestBed.inject(NgZone));
    return signals.subscribe((signal) => seen.push(signal));
  }

  it('tell when the page is hidden, frozen or left, and not when it is shown', () => {
    listen();

    page.dispatchEvent(new Event('visibilitychange'));
    page.visibilityState = 'hidden';
    page.dispatchEvent(new Event('visibilitychange'));
    page.dispatchEvent(new Event('freeze'));
    page.defaultView.dispatchEvent(new Event('pagehide'));

    expect(seen).toEqual(['hidden', 'freeze', 'pagehide']);
  });

  it('stop with the last listener', () => {
    listen().unsubscribe();

    page.dispatchEvent(new Event('freeze'));

    expect(seen).toEqual([]);
  });

  it('are none on a server', () => {
    TestBed.configureTestingModule({ providers: [{ provide: PLATFORM_ID, useValue: 'server' }] });
    let isComplete = false;

    TestBed.inject(SLEEP_SIGNALS).subscribe({ complete: () => (isComplete = true) });

    expect(isComplete).toBe(true);
  });
});
