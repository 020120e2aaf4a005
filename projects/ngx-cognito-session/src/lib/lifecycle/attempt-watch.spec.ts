import { createEnvironmentInjector, EnvironmentInjector } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { firstValueFrom, NEVER, Subject } from 'rxjs';
import { FakeAttemptLocks } from '../../../testing-support/fake-attempt-locks';
import { ManualTime } from '../../../testing-support/manual-time';
import { turns } from '../../../testing-support/turns';
import type { OpenAttempt } from '../core/session-ledger';
import type { TabHint } from '../core/tab-message';
import { SESSION_CLOCK } from '../platform/session-clock';
import { SESSION_SCHEDULER } from '../platform/session-scheduler';
import { SessionStore } from '../state/session-store';
import { ATTEMPT_LOCKS, NO_LOCKS, type AttemptLocks } from '../tabs/attempt-locks';
import { AttemptWatch } from './attempt-watch';
import { TabHints } from './tab-hints';

const FIRST: OpenAttempt = { id: 'first', gen: 1, at: 0 };
const SECOND: OpenAttempt = { id: 'second', gen: 1, at: 0 };
const lockName = (id: string) => `lock of ${id}`;

describe('the watch over attempts', () => {
  let time: ManualTime;
  let registry: FakeAttemptLocks;
  let hints: Subject<TabHint>;

  beforeEach(() => {
    time = new ManualTime();
    registry = new FakeAttemptLocks();
    hints = new Subject();
  });

  function setUp(locks: AttemptLocks = registry.of('this page')) {
    const injector = createEnvironmentInjector(
      [
        AttemptWatch,
        SessionStore,
        { provide: SESSION_CLOCK, useValue: time },
        { provide: SESSION_SCHEDULER, useValue: time.scheduler },
        { provide: ATTEMPT_LOCKS, useValue: locks },
        { provide: TabHints, useValue: { hints$: hints } },
      ],
      TestBed.inject(EnvironmentInjector),
    );
    const watch = injector.get(AttemptWatch);
    return {
      watch,
      look: (...open: OpenAttempt[]) => firstValueFrom(watch.look(open, lockName)),
      destroy: () => injector.destroy(),
    };
  }

  function hold(attempt: OpenAttempt, page = 'another page') {
    return firstValueFrom(registry.of(page).hold(lockName(attempt.id)));
  }

  it('takes an attempt of which nothing is known for living, and not for overdue', () => {
    const { watch } = setUp();

    expect([watch.mayLive(FIRST), watch.isOverdue(FIRST)]).toEqual([true, false]);
  });

  it.each<[string, () => Promise<unknown>, AttemptLocks | undefined]>([
    ['held', () => hold(FIRST), undefined],
    ['unknown', () => Promise.resolve(), NO_LOCKS],
  ])('calls an attempt overdue after 20 s of active time of watching (%s)', async (_, prepare, locks) => {
    await prepare();
    const { watch, look } = setUp(locks);
    time.advance(60_000);
    await look(FIRST);

    time.sleep(3_600_000);
    time.advance(18_000);
    await look(FIRST);
    expect(watch.isOverdue(FIRST)).toBe(false);
    time.advance(2000);

    expect(watch.isOverdue(FIRST)).toBe(true);
    expect(watch.mayLive(FIRST)).toBe(true);
  });

  it('never takes an attempt for dead whose lock is held', async () => {
    await hold(FIRST);
    const { watch, look } = setUp();
    await look(FIRST);

    time.advance(600_000);

    expect(await look(FIRST)).toBe(false);
    expect(watch.mayLive(FIRST)).toBe(true);
    expect(time.armedTimers).toBe(0);
  });

  it('takes an attempt for dead after 60 s of active time where there are no locks', async () => {
    const { watch, look } = setUp(NO_LOCKS);
    await look(FIRST);

    time.advance(59_000);
    expect(watch.mayLive(FIRST)).toBe(true);
    time.advance(1000);

    expect(watch.mayLive(FIRST)).toBe(false);
  });

  it('learns of a death once', async () => {
    const lock = await hold(FIRST);
    await hold(SECOND);
    const { watch, look } = setUp();
    expect(await look(FIRST, SECOND)).toBe(false);

    lock.release();

    expect(await look(FIRST, SECOND)).toBe(true);
    expect([FIRST, SECOND].map(watch.mayLive)).toEqual([false, true]);
    expect(await look(FIRST, SECOND)).toBe(false);
  });

  it('calls a dead attempt overdue in its time: it may be the newest, while an older one lives', async () => {
    await hold(FIRST);
    const { watch, look } = setUp();
    await look(FIRST, SECOND);

    time.advance(20_000);

    expect([FIRST, SECOND].map(watch.mayLive)).toEqual([true, false]);
    expect([FIRST, SECOND].map(watch.isOverdue)).toEqual([true, true]);
  });

  it('knows of its own attempts without asking for their locks', async () => {
    const { watch, look } = setUp();
    watch.begin('first');
    expect(watch.mayLive(FIRST)).toBe(true);
    watch.end('first');
    const askedThen = registry.asked;

    expect(await look(FIRST)).toBe(false);
    expect(watch.mayLive(FIRST)).toBe(false);
    expect(registry.asked).toBe(askedThen);
    time.advance(20_000);
    expect(watch.isOverdue(FIRST)).toBe(true);
  });

  it('takes its own attempt for living, however long it is watched, and whatever else was open before', async () => {
    const { watch, look } = setUp(NO_LOCKS);
    watch.begin('first');
    await look(SECOND);
    await look(FIRST);

    time.advance(60_000);

    expect(watch.mayLive(FIRST)).toBe(true);
  });

  it('goes by time as long as the locks do not answer', () => {
    const { watch } = setUp({ ...NO_LOCKS, look: () => NEVER });
    watch.look([FIRST], lockName).subscribe();

    time.advance(60_000);

    expect(watch.mayLive(FIRST)).toBe(false);
  });

  it('knows nothing any more of its own attempts that are over and not open any more', async () => {
    const { watch, look } = setUp();
    watch.begin('first');
    watch.end('first');
    expect(watch.mayLive(FIRST)).toBe(false);

    await look(SECOND);

    expect(watch.mayLive(FIRST)).toBe(true);
  });

  it('forgets what is not open any more', async () => {
    await hold(SECOND);
    const { watch, look } = setUp(NO_LOCKS);
    await look(FIRST);
    time.advance(20_000);
    expect(watch.isOverdue(FIRST)).toBe(true);

    await look();

    expect(time.armedTimers).toBe(0);
    expect(watch.isOverdue(FIRST)).toBe(false);
  });

  it('says that it is worth looking when an owner lets go', async () => {
    const lock = await hold(FIRST);
    await hold(SECOND);
    const { watch, look } = setUp();
    await look(FIRST, SECOND);
    const changes: string[] = [];
    watch.change([FIRST, SECOND], lockName).subscribe({
      next: () => changes.push('change'),
      complete: () => changes.push('complete'),
    });
    await turns();
    expect(changes).toEqual([]);

    lock.release();
    await turns();

    expect(changes).toEqual(['change', 'complete']);
  });

  it('says that it is worth looking after a second, whatever the locks say', () => {
    const { watch } = setUp(NO_LOCKS);
    const changes: number[] = [];
    watch.change([FIRST], lockName).subscribe(() => changes.push(time.monotonic()));

    time.advance(5000);

    expect(changes).toEqual([1000]);
    expect(time.armedTimers).toBe(0);
  });

  it.each<[TabHint['type'], number]>([
    ['started', 0],
    ['failed', 1],
    ['renewed', 1],
    ['signedIn', 1],
    ['signedOut', 1],
    ['ended', 1],
  ])('takes word of %s for worth looking %d times', (type, times) => {
    const { watch } = setUp(NO_LOCKS);
    const changes: number[] = [];
    watch.change([FIRST], lockName).subscribe(() => changes.push(time.monotonic()));

    hints.next({ type, sid: 'a', gen: 1 });

    expect(changes).toHaveLength(times);
  });

  it('is not woken by the lock of an attempt that is known to be over', async () => {
    await hold(SECOND);
    const { watch, look } = setUp();
    await look(FIRST, SECOND);
    const changes: number[] = [];
    watch.change([FIRST, SECOND], lockName).subscribe(() => changes.push(time.monotonic()));
    await turns();
    expect(changes).toEqual([]);

    time.advance(1000);

    expect(changes).toEqual([1000]);
  });

  it('arms nothing when its injector is destroyed, not even for looks that come later', async () => {
    const { look, destroy } = setUp(NO_LOCKS);
    await look(FIRST);
    expect(time.armedTimers).toBeGreaterThan(0);

    destroy();
    await look(FIRST, SECOND);

    expect(time.armedTimers).toBe(0);
  });
});
