import { createEnvironmentInjector, EnvironmentInjector } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { NEVER, of, type Observable } from 'rxjs';
import { FakeAttemptLocks } from '../../../testing-support/fake-attempt-locks';
import { heldSession, START_MS } from '../../../testing-support/held-sessions';
import { ManualTime } from '../../../testing-support/manual-time';
import { CLIENT_ID } from '../../../testing-support/test-tokens';
import { turns } from '../../../testing-support/turns';
import { resolveConfig } from '../config/resolved-config';
import type { OpenAttempt } from '../core/session-ledger';
import { SESSION_CLOCK } from '../platform/session-clock';
import { SESSION_SCHEDULER } from '../platform/session-scheduler';
import { SessionStore } from '../state/session-store';
import type { RecordEntry, SessionRecord } from '../storage/session-record';
import { ATTEMPT_LOCKS, attemptLockName } from '../tabs/attempt-locks';
import { AttemptEntry, type Entered } from './attempt-entry';
import { AttemptWatch } from './attempt-watch';
import { RECORD } from './record';
import { TabHints } from './tab-hints';

const CONFIG = resolveConfig({ region: 'eu-west-1', clientId: CLIENT_ID });
const OTHERS: OpenAttempt = { id: 'others', gen: 1, at: START_MS };
const SECOND = 1000;

/** Somebody else is at work until it is said that nobody is. */
class BusyRecord implements Pick<SessionRecord, 'isWatched' | 'enter'> {
  isBusy = true;
  looks = 0;

  isWatched(): Observable<boolean> {
    return of(true);
  }

  enter(): Observable<RecordEntry> {
    this.looks++;
    return of(this.isBusy ? { type: 'wait', open: [OTHERS] } : { type: 'claimed', refreshToken: undefined });
  }
}

describe('whoever wants to renew', () => {
  let time: ManualTime;
  let locks: FakeAttemptLocks;
  let record: BusyRecord;
  let held: string[];
  let entry: AttemptEntry;

  beforeEach(async () => {
    time = new ManualTime(START_MS);
    locks = new FakeAttemptLocks();
    record = new BusyRecord();
    held = [];
    const own = locks.of('this page');
    const hold = (name: string) => {
      held.push(name);
      return own.hold(name);
    };
    locks.of('another page').hold(attemptLockName(CONFIG.namespace, OTHERS.id)).subscribe();
    await turns();
    const injector = createEnvironmentInjector(
      [
        [AttemptEntry, AttemptWatch, SessionStore],
        { provide: RECORD, useValue: record },
        { provide: ATTEMPT_LOCKS, useValue: { ...own, hold } },
        { provide: TabHints, useValue: { hints$: NEVER, post: () => undefined } },
        { provide: SESSION_CLOCK, useValue: time },
        { provide: SESSION_SCHEDULER, useValue: time.scheduler },
      ],
      TestBed.inject(EnvironmentInjector),
    );
    entry = injector.get(AttemptEntry);
  });

  function enter() {
    const seen: (Entered | { readonly error: unknown })[] = [];
    const subscription = entry.enter(heldSession(), CONFIG).subscribe({
      next: (entered) => seen.push(entered),
      error: (error: unknown) => seen.push({ error }),
    });
    return { seen, subscription };
  }

  async function pass(seconds: number): Promise<void> {
    for (let second = 0; second < seconds; second++) {
      time.advance(SECOND);
      await turns(1);
    }
  }

  it('takes one lock, however often it has to look before it may', async () => {
    const { seen } = enter();
    await turns(1);
    await pass(3);
    expect(seen).toEqual([]);
    record.isBusy = false;
    await pass(1);

    expect(seen).toMatchObject([{ type: 'claimed', claim: { id: expect.any(String) as unknown } }]);
    expect(record.looks).toBe(5);
    expect(held).toHaveLength(1);
  });

  it('is told after 15 s that the other one takes too long, and holds nothing any more', async () => {
    const { seen } = enter();
    await turns(1);
    await pass(14);
    expect(seen).toEqual([]);

    await pass(1);

    expect(seen).toMatchObject([
      { error: { code: 'timeout', message: 'The renewal of another tab takes too long.' } },
    ]);
    expect(locks.names).toEqual([attemptLockName(CONFIG.namespace, OTHERS.id)]);
  });

  it('leaves nothing behind when it thinks better of it before the lock is there', async () => {
    const { subscription } = enter();

    expect(() => subscription.unsubscribe()).not.toThrow();

    await turns(1);
    expect(held).toHaveLength(1);
    expect(locks.names).toEqual([attemptLockName(CONFIG.namespace, OTHERS.id)]);
    expect([record.looks, time.armedTimers]).toEqual([0, 0]);
  });
});
