import { createEnvironmentInjector, EnvironmentInjector } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { Subject } from 'rxjs';
import { PageStop } from './page-stop';
import { SLEEP_SIGNALS, type SleepSignal } from './sleep-signals';
import { WAKE_SIGNALS, type WakeSignal } from './wake-signals';

describe('a page that may be stopped', () => {
  function setUp() {
    const sleep = new Subject<SleepSignal>();
    const wake = new Subject<WakeSignal>();
    const injector = createEnvironmentInjector(
      [PageStop, { provide: SLEEP_SIGNALS, useValue: sleep }, { provide: WAKE_SIGNALS, useValue: wake }],
      TestBed.inject(EnvironmentInjector),
    );
    return { sleep, wake, page: injector.get(PageStop), destroy: () => injector.destroy() };
  }

  it.each<[SleepSignal, boolean]>([
    ['freeze', true],
    ['pagehide', true],
    ['hidden', false],
  ])('is after %s: %s', (signal, isStopped) => {
    const { sleep, page } = setUp();
    expect(page.isStopped).toBe(false);

    sleep.next(signal);

    expect(page.isStopped).toBe(isStopped);
  });

  it.each<[WakeSignal, boolean]>([
    ['resume', false],
    ['pageshow', false],
    ['visible', false],
    ['online', true],
  ])('is still after %s: %s', (signal, isStopped) => {
    const { sleep, wake, page } = setUp();
    sleep.next('freeze');

    wake.next(signal);

    expect(page.isStopped).toBe(isStopped);
  });

  it('tells when it goes on, once, at once if it runs', () => {
    const { sleep, wake, page } = setUp();
    const told: string[] = [];
    const watch = (name: string) => {
      page.whenRunning().subscribe({ next: () => told.push(name), complete: () => told.push('complete') });
    };
    watch('running');
    sleep.next('freeze');
    watch('stopped');
    expect(told).toEqual(['running', 'complete']);

    wake.next('resume');

    expect(told).toEqual(['running', 'complete', 'stopped', 'complete']);
  });

  it('listens to nothing any more once its injector is destroyed', () => {
    const { sleep, wake, destroy } = setUp();

    destroy();

    expect([sleep.observed, wake.observed]).toEqual([false, false]);
  });
});
