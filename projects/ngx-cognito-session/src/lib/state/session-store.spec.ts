import { NgZone } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { identity } from 'rxjs';
import { failureOf, heldSession } from '../../../testing-support/held-sessions';
import type { SessionChange } from '../core/session-change';
import type { SessionState } from '../core/session-state';
import { SessionError } from '../errors/session-error';
import { SESSION_CLOCK } from '../platform/session-clock';
import { SessionStore } from './session-store';

const HELD = heldSession();
const NEWER = heldSession({ gen: 2 });
const SIGN_IN: SessionChange = { type: 'adopted', origin: 'thisTab', active: HELD };

function storeOf(): SessionStore {
  TestBed.resetTestingModule();
  TestBed.configureTestingModule({ providers: [SessionStore] });
  return TestBed.inject(SessionStore);
}

/** Every state and event in order, by one name for each. */
function watch(store: SessionStore, name = ''): string[] {
  const seen: string[] = [];
  store.state$.subscribe({
    next: (state) => seen.push(`${name}state ${state.status}`),
    complete: () => seen.push(`${name}states end`),
  });
  store.events$.subscribe({
    next: (event) => seen.push(`${name}event ${event.type}`),
    complete: () => seen.push(`${name}events end`),
  });
  return seen;
}

describe('the store', () => {
  it('knows nothing at first', () => {
    const store = storeOf();

    expect(store.state).toEqual({ status: 'restoring', active: null });
    expect([store.active, store.held]).toEqual([null, null]);
    expect(watch(store)).toEqual(['state restoring']);
  });

  it('gives what it holds', () => {
    const store = storeOf();

    store.apply(SIGN_IN);

    expect(store.active).toBe(HELD);
    expect(store.held).toBe(store.state);
    expect(watch(store)).toEqual(['state signedIn']);
    store.apply({ type: 'signedOut' });
    expect([store.active, store.held]).toEqual([null, null]);
  });

  it('publishes the state before its events', () => {
    const store = storeOf();
    const seen = watch(store);

    store.apply(SIGN_IN);

    expect(seen).toEqual(['state restoring', 'state signedIn', 'event signedIn']);
  });

  it('holds the new state before it is published', () => {
    const store = storeOf();
    const held: unknown[] = [];
    store.state$.subscribe(() => held.push(store.state.status));
    store.events$.subscribe(() => held.push(store.state.status));

    store.apply(SIGN_IN);

    expect(held).toEqual(['restoring', 'signedIn', 'signedIn']);
  });

  it('publishes a state without events, and an event without a state', () => {
    const store = storeOf();
    store.apply(SIGN_IN);
    const seen = watch(store);

    store.apply({ type: 'renewing', sid: 'sid-1' });
    store.emit({ type: 'error', origin: 'thisTab', error: new SessionError('storageError', '') });

    expect(seen).toEqual(['state signedIn', 'state signedIn', 'event error']);
  });

  it.each<readonly [string, SessionChange]>([
    ['a late renewal', { type: 'renewed', active: HELD, origin: 'thisTab' }],
    [
      'a failure of another session',
      { type: 'failed', sid: 'x', gen: 1, failure: failureOf(), stale: true, reported: 'thisTab' },
    ],
    ['an announcement of no end', { type: 'endingAnnounced', sid: 'sid-1' }],
  ])('publishes nothing for %s', (_, change) => {
    const store = storeOf();
    store.apply(SIGN_IN);
    const seen = watch(store);

    store.apply(change);

    expect(seen).toEqual(['state signedIn']);
  });

  it.each(['thisTab', 'otherTab'] as const)('tells where an event came from: %s', (origin) => {
    const store = storeOf();
    const seen: unknown[] = [];
    store.events$.subscribe((event) => seen.push(event));

    store.emit({ type: 'signedOut', origin });

    expect(seen).toEqual([{ type: 'signedOut', origin }]);
  });

  it('does not replay an event', () => {
    const store = storeOf();
    store.apply(SIGN_IN);

    expect(watch(store)).toEqual(['state signedIn']);
  });
});

describe('what the app sees of the store', () => {
  /** Every state that the app sees, and how often Angular was told of something. */
  function watchShown(store: SessionStore) {
    const enter = jest.spyOn(TestBed.inject(NgZone), 'run');
    const seen: string[] = [];
    store.shared.stream<SessionState>(identity).subscribe({
      next: ({ status }) => seen.push(status),
      complete: () => seen.push('end'),
    });
    enter.mockClear();
    return { seen, enter };
  }

  it('is each state that differs from the one before', () => {
    const store = storeOf();
    const { seen } = watchShown(store);

    store.apply(SIGN_IN);
    store.apply({ type: 'renewing', sid: HELD.sid });
    store.apply({ type: 'signedOut' });

    expect(seen).toEqual(['restoring', 'signedIn', 'signedIn', 'signedOut']);
  });

  it('is not what only the library knows, which leaves Angular alone', () => {
    const store = storeOf();
    store.apply(SIGN_IN);
    const { seen, enter } = watchShown(store);
    const states = watch(store);

    store.apply({ type: 'suspected', sid: HELD.sid });

    expect(states).toEqual(['state signedIn', 'state signedIn']);
    expect(seen).toEqual(['signedIn']);
    expect(enter).not.toHaveBeenCalled();
    store.apply({ type: 'signedOut' });
    expect(seen).toEqual(['signedIn', 'signedOut']);
  });

  it('includes an event without a change', () => {
    const store = storeOf();
    const { seen, enter } = watchShown(store);

    store.emit({ type: 'signedOut', origin: 'thisTab' });

    expect(seen).toEqual(['restoring']);
    expect(enter).toHaveBeenCalledTimes(1);
  });

  it('includes events, inside the zone, also of a change that it does not see', () => {
    const store = storeOf();
    let depth = 0;
    jest.spyOn(TestBed.inject(NgZone), 'run').mockImplementation((work) => {
      depth++;
      const result = work();
      depth--;
      return result;
    });
    const seen: string[] = [];
    store.events$.subscribe(({ type }) => seen.push(`${type} ${depth > 0 ? 'inside' : 'outside'}`));

    store.apply({ ...SIGN_IN, active: heldSession({ refreshTokenValidityDays: 1 }) });
    store.apply({ type: 'endingAnnounced', sid: HELD.sid });

    expect(seen).toEqual(['signedIn inside', 'sessionEnding inside']);
  });

  it('ends with the app', () => {
    const { seen } = watchShown(storeOf());

    TestBed.resetTestingModule();

    expect(seen).toEqual(['restoring', 'end']);
  });
});

describe('the moment at which a page restores again', () => {
  const dead = { ...heldSession(), serverNowMs: () => Infinity };
  const found: SessionChange = { type: 'adopted', origin: 'otherTab', active: dead };
  let ms = 0;

  function open(): SessionStore {
    ms = 10;
    TestBed.resetTestingModule();
    TestBed.configureTestingModule({
      providers: [SessionStore, { provide: SESSION_CLOCK, useValue: { now: () => 0, monotonic: () => ms } }],
    });
    return TestBed.inject(SessionStore);
  }

  it('is none at its start', () => {
    const store = open();

    store.apply(found);

    expect([store.state.status, store.restoringAgainMs]).toEqual(['restoring', -Infinity]);
  });

  it('is that of the change by which a signed-out page finds a session with dead tokens', () => {
    const store = open();
    store.apply({ type: 'notRestored', reason: 'noSession' });
    expect(store.restoringAgainMs).toBe(-Infinity);
    ms = 20;
    store.apply(found);
    ms = 30;
    store.apply({ type: 'renewing', sid: dead.sid });

    expect([store.state.status, store.restoringAgainMs]).toEqual(['restoring', 20]);
  });
});

describe('a subscriber that calls a command', () => {
  /** Acts once, when `status` is published. */
  function actOn(store: SessionStore, status: string, act: () => void): void {
    let acted = false;
    store.state$.subscribe((state) => {
      if (acted || state.status !== status) return;
      acted = true;
      act();
    });
  }

  it('on a state lets later subscribers see the older state and its events first', () => {
    const store = storeOf();
    actOn(store, 'signedIn', () => store.apply({ type: 'signedOut' }));
    const seen = watch(store);

    store.apply(SIGN_IN);

    expect(seen).toEqual([
      'state restoring',
      'state signedIn',
      'event signedIn',
      'state signedOut',
      'event signedOut',
    ]);
  });

  it('on an event lets later subscribers see that event first', () => {
    const store = storeOf();
    store.events$.subscribe((event) => {
      if (event.type === 'signedIn') store.apply({ type: 'signedOut' });
    });
    const seen = watch(store);

    store.apply(SIGN_IN);

    expect(seen.slice(1)).toEqual(['state signedIn', 'event signedIn', 'state signedOut', 'event signedOut']);
  });

  it('reads the newest state at once', () => {
    const store = storeOf();
    const read: string[] = [];
    actOn(store, 'signedIn', () => {
      store.apply({ type: 'signedOut' });
      read.push(store.state.status);
      store.apply({ type: 'adopted', origin: 'thisTab', active: heldSession({ sid: 'sid-2' }) });
      read.push(store.state.status, store.active?.sid ?? '');
    });

    store.apply(SIGN_IN);

    expect(read).toEqual(['signedOut', 'signedIn', 'sid-2']);
  });

  it('gets everything in order, however deep it goes', () => {
    const store = storeOf();
    const seen = watch(store);
    actOn(store, 'signedIn', () => {
      store.apply({ type: 'renewed', active: NEWER, origin: 'thisTab' });
      store.emit({ type: 'error', origin: 'thisTab', error: new SessionError('storageError', '') });
    });
    actOn(store, 'signedOut', () => store.apply(SIGN_IN));

    store.apply(SIGN_IN);
    store.apply({ type: 'signedOut' });

    expect(seen).toEqual([
      'state restoring',
      'state signedIn',
      'event signedIn',
      'state signedIn',
      'event tokenRefreshed',
      'event error',
      'state signedOut',
      'event signedOut',
      'state signedIn',
      'event signedIn',
    ]);
  });
});

describe('a store whose app is gone', () => {
  it('ends its streams', () => {
    const store = storeOf();
    const seen = watch(store);

    TestBed.resetTestingModule();

    expect(seen).toEqual(['state restoring', 'states end', 'events end']);
  });

  it('publishes nothing any more', () => {
    const store = storeOf();
    const seen = watch(store);
    TestBed.resetTestingModule();

    store.apply(SIGN_IN);
    store.emit({ type: 'signedOut', origin: 'thisTab' });

    expect(seen).toHaveLength(3);
  });

  it('publishes nothing that was waiting', () => {
    const store = storeOf();
    store.events$.subscribe(() => {
      store.apply({ type: 'signedOut' });
      TestBed.resetTestingModule();
    });
    const seen = watch(store);

    store.apply(SIGN_IN);

    expect(seen).toEqual(['state restoring', 'state signedIn', 'states end', 'events end']);
  });
});
