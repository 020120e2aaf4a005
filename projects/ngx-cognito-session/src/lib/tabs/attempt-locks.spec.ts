import { NgZone } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { firstValueFrom, Subject } from 'rxjs';
import { FakeLockManager } from '../../../testing-support/fake-lock-manager';
import { replaceProperty } from '../../../testing-support/replaced-global';
import { turns } from '../../../testing-support/turns';
import { IS_BROWSER } from '../platform/is-browser';
import type { SleepSignal } from '../platform/sleep-signals';
import { ATTEMPT_LOCKS, attemptLockName, NO_LOCKS, WebAttemptLocks } from './attempt-locks';

const NAME = attemptLockName('eu-west-1/client1', 'attempt-1');

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

  async function pending(): Promise<number> {
    return (await manager.query()).pending?.length ?? 0;
  }

  it('are named after namespace and attempt', () => {
    expect(NAME).toBe('eu-west-1/client1/attempt/attempt-1');
  });

  it('are held until they are released', async () => {
    const lock = await firstValueFrom(locks.hold(NAME));
    expect(await held()).toEqual([NAME]);

    lock.release();
    await turns();

    expect(await held()).toEqual([]);
  });

  it('are asked for by nobody who does not subscribe', async () => {
    locks.hold(NAME);
    locks.look(NAME);
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

  it('are given up by whoever leaves before they are granted', async () => {
    const granted: unknown[] = [];
    const leaving = locks.hold(NAME).subscribe((lock) => granted.push(lock));
    leaving.unsubscribe();
    await turns();

    expect(granted).toEqual([]);
    expect(await held()).toEqual([]);
  });

  it('are released when the page goes into the back/forward cache, and only then', async () => {
    const lock = await firstValueFrom(locks.hold(NAME));
    sleep.next('hidden');
    sleep.next('freeze');
    await turns();
    expect([await held(), lock.isHeld()]).toEqual([[NAME], true]);

    sleep.next('pagehide');
    await turns();

    expect([await held(), lock.isHeld()]).toEqual([[], false]);
    expect(sleep.observed).toBe(false);
  });

  it('leave no listener behind when they are released', async () => {
    const lock = await firstValueFrom(locks.hold(NAME));
    expect(sleep.observed).toBe(true);

    lock.release();

    expect(sleep.observed).toBe(false);
  });

  it('tell whether they are held, without waiting and without keeping anything', async () => {
    expect(await firstValueFrom(others.look(NAME))).toBe('free');
    const lock = await firstValueFrom(locks.hold(NAME));
    expect(await firstValueFrom(others.look(NAME))).toBe('held');
    lock.release();
    await turns();

    expect(await firstValueFrom(others.look(NAME))).toBe('free');
    await turns();
    expect([await held(), await pending()]).toEqual([[], 0]);
  });

  it('look free to many at once', async () => {
    const states = await Promise.all([locks, others].map((each) => firstValueFrom(each.look(NAME))));

    expect(states).toEqual(['free', 'free']);
  });

  it('wake everybody who waits once they are released', async () => {
    const lock = await firstValueFrom(locks.hold(NAME));
    const woken: string[] = [];
    for (const name of ['second', 'third'])
      others
        .whenFree(NAME)
        .subscribe({ next: () => woken.push(name), complete: () => woken.push('complete') });
    await turns();
    expect(woken).toEqual([]);

    lock.release();
    await turns();

    expect(woken).toEqual(['second', 'complete', 'third', 'complete']);
    expect([await held(), await pending()]).toEqual([[], 0]);
  });

  it('wake whoever waits for one that nobody holds', async () => {
    await expect(firstValueFrom(others.whenFree(NAME))).resolves.toBeUndefined();
  });

  it('are waited for no more by whoever leaves', async () => {
    const lock = await firstValueFrom(locks.hold(NAME));
    const woken: unknown[] = [];
    const waiting = others.whenFree(NAME).subscribe(() => woken.push('woken'));
    await turns();
    expect(await pending()).toBe(1);

    waiting.unsubscribe();
    await turns();
    expect(await pending()).toBe(0);
    lock.release();
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
    });

    it('keep nobody from his attempt', async () => {
      const lock = await firstValueFrom(locks.hold(NAME));

      expect(lock.isHeld()).toBe(true);
      expect(() => lock.release()).not.toThrow();
    });

    it('say that they cannot tell', async () => {
      expect(await firstValueFrom(locks.look(NAME))).toBe('unknown');
    });

    it('wake nobody', async () => {
      const woken: unknown[] = [];
      locks.whenFree(NAME).subscribe({ next: () => woken.push(1), error: () => woken.push('error') });
      await turns();

      expect(woken).toEqual([]);
    });
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

      expect(await firstValueFrom(NO_LOCKS.look(NAME))).toBe('unknown');
      expect(await firstValueFrom(NO_LOCKS.hold(NAME))).toMatchObject({ release: expect.any(Function) });
    });
  });
});
