import { TestBed } from '@angular/core/testing';
import { NEVER, of, Subject, type Observable } from 'rxjs';
import { heldSession } from '../../../testing-support/held-sessions';
import { ManualTime } from '../../../testing-support/manual-time';
import { IS_BROWSER } from '../platform/is-browser';
import { SESSION_CLOCK } from '../platform/session-clock';
import { SESSION_SCHEDULER } from '../platform/session-scheduler';
import { applyChange } from './apply-change';
import { KnownState } from './known-state';
import { SessionStore } from './session-store';

describe('waiting until it is known whether somebody is signed in', () => {
  let time: ManualTime;

  function setUp(isBrowser = true): { readonly state: KnownState; readonly store: SessionStore } {
    time = new ManualTime();
    TestBed.configureTestingModule({
      providers: [
        SessionStore,
        KnownState,
        { provide: IS_BROWSER, useValue: isBrowser },
        { provide: SESSION_CLOCK, useValue: time },
        { provide: SESSION_SCHEDULER, useValue: time.scheduler },
      ],
    });
    return { state: TestBed.inject(KnownState), store: TestBed.inject(SessionStore) };
  }

  /** What it gives, as texts. */
  function watch<T>(source: Observable<T>, name: (value: T) => string): readonly string[] {
    const seen: string[] = [];
    source.subscribe({
      next: (value) => seen.push(name(value)),
      error: ({ code, message }: { code: string; message: string }) => seen.push(`${code}: ${message}`),
      complete: () => seen.push('end'),
    });
    return seen;
  }

  const known = (state: KnownState) => watch(state.known(), ({ status }) => status);
  const TIMEOUT = 'restoreTimeout: The session could not be loaded in time.';

  it('is over at once when it is known', () => {
    const { state, store } = setUp();
    applyChange(store, { type: 'signedIn', active: heldSession() });

    expect(known(state)).toEqual(['signedIn', 'end']);
    expect(time.armedTimers).toBe(0);
  });

  it('is over with the first state that says so, and leaves no timer', () => {
    const { state, store } = setUp();
    const seen = known(state);
    // Held, but still being restored: nothing is known yet.
    applyChange(store, { type: 'restored', active: heldSession(), live: false });
    expect(seen).toEqual([]);

    applyChange(store, { type: 'signedOut' });

    expect(seen).toEqual(['signedOut', 'end']);
    expect(time.armedTimers).toBe(0);
  });

  it('lasts ten seconds at most', () => {
    const { state } = setUp();
    const seen = known(state);

    time.advance(9_999);
    expect(seen).toEqual([]);
    time.advance(1);

    expect(seen).toEqual([TIMEOUT]);
  });

  it('counts from the start of the restore, the first one, for everybody', () => {
    const { state } = setUp();
    state.start();
    time.advance(6_000);
    state.start();
    const seen = known(state);

    time.advance(3_999);
    expect(seen).toEqual([]);
    time.advance(1);

    expect(seen).toEqual([TIMEOUT]);
  });

  it('is over at once when the time has been up for long', () => {
    const { state } = setUp();
    state.start();
    time.advance(60_000);
    const seen = known(state);

    time.advance(0);

    expect(seen).toEqual([TIMEOUT]);
  });

  it('does not begin on a server', () => {
    const { state, store } = setUp(false);

    expect(known(state)).toEqual([TIMEOUT]);
    applyChange(store, { type: 'signedOut' });
    expect(known(state)).toEqual(['signedOut', 'end']);
  });

  it('is the same for anything else that the restore needs: its first value, within the time', () => {
    const { state } = setUp();
    const late = new Subject<string>();
    const seen = watch(state.within(late), (value) => value);
    const never = watch(state.within(NEVER), () => '');
    time.advance(9_000);
    late.next('first');
    late.next('second');
    time.advance(1_000);

    expect(seen).toEqual(['first', 'end']);
    expect(never).toEqual([TIMEOUT]);
    expect(watch(state.within(of('now')), (value) => value)).toEqual(['now', 'end']);
  });
});
