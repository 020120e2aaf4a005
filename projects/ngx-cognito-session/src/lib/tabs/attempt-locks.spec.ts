import { NgZone } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { firstValueFrom, Subject } from 'rxjs';
import { FakeLockManager } from '../../../testing-support/fake-lock-manager';
import { replaceProperty, throwSecurityError } from '../../../testing-support/replaced-global';
import { turns } from '../../../testing-support/turns';
import { IS_BROWSER } from '../platform/is-browser';
import type { SleepSignal } from '../platform/sleep-signals';
import { ATTEMPT_LOCKS, NO_LOCKS, WebAttemptLocks, type ReleaseLock } from './attempt-locks';

const PREFIX = 'client1/attempt/';
const NAME = `${PREFIX}attempt-1`;

describe('the locks of attempts', () => {
  let manager: FakeLockManager;
  let sleep: Subject<SleepSignal>;
  let locks: WebAttemptLocks;
  let others: WebAttemptLocks;

  beforeEach(() => {
    manager = new FakeLockManager();
    sleep = new Subject();
    const zone = TestBed.inject(NgZone);
    locks = new WebAttemptLocks(manager, sleep, zone);
    others = new WebAttemptLocks(manager, new Subject(), zone);
  });

  async function held(): Promise<readonly (string | undefined)[]> {
    return ((await manager.query()).held ?? []).map(({ name }) => name);
  }

  async function hold(name = NAME): Promise<ReleaseLock> {
    const lock = await firstValueFrom(locks.hold(name));
    if (lock === null) throw new Error('It was refused.');
    return lock;
  }

  async function pending(): Promise<number> {
    return (await manager.query()).pending?.length ?? 0;
  }

  it('are held until they are released', async () => {
    const lock = await hold();
    expect(await held()).toEqual([NAME]);

    lock();
    await turns();

    expect(await held()).toEqual([]);
  });

  it('are not requested without a subscription', async () => {
    locks.hold(NAME);
    locks.held();
    locks.whenFree(NAME);
    await turns();

    expect([await held(), await pending()]).toEqual([[], 0]);
  });

  it('complete once held, and stay held', async () => {
    const seen: string[] = [];
    locks.hold(NAME).subscribe({ next: () => seen.push('held'), complete: () => seen.push('complete') });
    await turns();

    expect(seen).toEqual(['held', 'complete']);
    expect(await held()).toEqual([NAME]);
  });

  it('are not kept by a subscriber that leaves before they are granted', async () => {
    const granted: unknown[] = [];
    const leaving = locks.hold(NAME).subscribe((lock) => granted.push(lock));
    leaving.unsubscribe();
    await turns();

    expect(granted).toEqual([]);
    expect(await held()).toEqual([]);
  });

  it('are released when the page goes into the back/forward cache, and only then', async () => {
    await hold();
    sleep.next('hidden');
    sleep.next('freeze');
    await turns();
    expect(await held()).toEqual([NAME]);

    sleep.next('pagehide');
    await turns();

    expect(await held()).toEqual([]);
    expect(sleep.observed).toBe(false);
  });

  it('leave no listener behind when they are released', async () => {
    const lock = await hold();
    expect(sleep.observed).toBe(true);

    lock();

    expect(sleep.observed).toBe(false);
  });

  it('tell every page which of them are held, without waiting and without keeping anything', async () => {
    const ask = async () => [...((await firstValueFrom(others.held())) ?? [])];
    expect(await ask()).toEqual([]);
    const [first, second] = [await hold(), await hold('client1/detached')];
    expect(await ask()).toEqual([NAME, 'client1/detached']);
    first();
    await turns();
    expect(await ask()).toEqual(['client1/detached']);
    second();
    await turns();

    expect(await ask()).toEqual([]);
    expect([await held(), await pending()]).toEqual([[], 0]);
  });

  it('that are only requested do not count as held', async () => {
    const lock = await hold();
    const waiting = others.hold(NAME).subscribe();
    lock();
    waiting.unsubscribe();
    await turns();

    expect(await firstValueFrom(others.held())).toEqual(new Set());
  });

  it('wake all that wait once they are released', async () => {
    const lock = await hold();
    const woken: string[] = [];
    for (const name of ['second', 'third'])
      others
        .whenFree(NAME)
        .subscribe({ next: () => woken.push(name), complete: () => woken.push('complete') });
    await turns();
    expect(woken).toEqual([]);

    lock();
    await turns();

    expect(woken).toEqual(['second', 'complete', 'third', 'complete']);
    expect([await held(), await pending()]).toEqual([[], 0]);
  });

  it('wake a page that waits for one that no page holds', async () => {
    await expect(firstValueFrom(others.whenFree(NAME))).resolves.toBeUndefined();
  });

  it('are no longer waited for once the subscriber leaves', async () => {
    const lock = await hold();
    const woken: unknown[] = [];
    const waiting = others.whenFree(NAME).subscribe(() => woken.push('woken'));
    await turns();
    expect(await pending()).toBe(1);

    waiting.unsubscribe();
    await turns();
    expect(await pending()).toBe(0);
    lock();
    await turns();

    expect(woken).toEqual([]);
  });

  describe.each<[string, () => Promise<never>]>([
    ['refuse', () => Promise.reject(new DOMException('opaque origin', 'SecurityError'))],
    [
      'throw',
      () => {
        throw new DOMException('not fully active', 'InvalidStateError');
      },
    ],
  ])('that %s', (_, request) => {
    beforeEach(() => {
      manager.request = request;
      manager.query = request;
    });

    it('are not held, and the attempt goes on without', async () => {
      const seen: unknown[] = [];
      locks.hold(NAME).subscribe({ next: (lock) => seen.push(lock), complete: () => seen.push('complete') });
      await turns();

      expect(seen).toEqual([null, 'complete']);
    });

    it('answer that it is not known whether they are held', async () => {
      expect(await firstValueFrom(locks.held())).toBeNull();
    });

    it('wake no page', async () => {
      const woken: unknown[] = [];
      locks.whenFree(NAME).subscribe({ next: () => woken.push(1), error: () => woken.push('error') });
      await turns();

      expect(woken).toEqual([]);
    });
  });

  it('that are never granted leave nothing behind when the request is given up', async () => {
    const lock = await hold();
    const seen: unknown[] = [];
    const waiting = others.hold(NAME).subscribe((other) => seen.push(other));
    await turns();
    expect([seen, await pending()]).toEqual([[], 1]);

    waiting.unsubscribe();
    await turns();
    lock();
    await turns();

    expect([seen, await held(), await pending()]).toEqual([[], [], 0]);
  });

  describe('as the platform has them', () => {
    function chosen(isBrowser = true) {
      TestBed.configureTestingModule({ providers: [{ provide: IS_BROWSER, useValue: isBrowser }] });
      return TestBed.inject(ATTEMPT_LOCKS);
    }

    it('are the browser’s', async () => {
      const undo = replaceProperty(navigator, 'locks', { value: manager });
      TestBed.resetTestingModule();

      await firstValueFrom(chosen().hold(NAME));
      undo();

      expect(await held()).toEqual([NAME]);
    });

    it('are none where the browser has none, and on a server', async () => {
      TestBed.resetTestingModule();
      expect(chosen()).toBe(NO_LOCKS);
      TestBed.resetTestingModule();
      expect(chosen(false)).toBe(NO_LOCKS);

      expect(await firstValueFrom(NO_LOCKS.held())).toBeNull();
      expect(await firstValueFrom(NO_LOCKS.hold(NAME))).toBeNull();
      const woken: unknown[] = [];
      NO_LOCKS.whenFree(NAME).subscribe({ next: () => woken.push(1), complete: () => woken.push(2) });
      expect(woken).toEqual([]);
    });

    it('are none where the browser throws when it is asked for them', () => {
      const undo = replaceProperty(navigator, 'locks', { get: throwSecurityError });
      TestBed.resetTestingModule();

      const locks = chosen();
      undo();

      expect(locks).toBe(NO_LOCKS);
    });
  });
});
