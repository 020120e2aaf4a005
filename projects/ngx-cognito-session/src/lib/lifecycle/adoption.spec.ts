import { TestBed } from '@angular/core/testing';
import { heldSession, START_MS, START_SECONDS } from '../../../testing-support/held-sessions';
import { ManualTime } from '../../../testing-support/manual-time';
import { errorOf } from '../../../testing-support/session-app';
import { CLIENT_ID } from '../../../testing-support/test-tokens';
import { resolveConfig } from '../config/resolved-config';
import type { SessionEvent } from '../core/session-event';
import { SESSION_CLOCK } from '../platform/session-clock';
import { applyChange } from '../state/apply-change';
import { SessionStore } from '../state/session-store';
import { Adoption } from './adoption';
import { SessionFactory, toStored } from './session-factory';

const CONFIG = resolveConfig({ region: 'eu-west-1', clientId: CLIENT_ID });
const HELD = heldSession();

function stored(more: { sid?: string; sub?: string } = {}) {
  return toStored(heldSession({ gen: 2, iat: START_SECONDS + 60, refreshToken: 'refresh-2', ...more }));
}

describe('tokens that another tab has stored', () => {
  let store: SessionStore;
  let adoption: Adoption;
  let told: SessionEvent[];

  beforeEach(() => {
    TestBed.configureTestingModule({
      providers: [
        [Adoption, SessionStore, SessionFactory],
        { provide: SESSION_CLOCK, useValue: new ManualTime(START_MS) },
      ],
    });
    store = TestBed.inject(SessionStore);
    adoption = TestBed.inject(Adoption);
    told = [];
    applyChange(store, { type: 'signedIn', active: HELD });
    store.events$.subscribe((event) => told.push(event));
  });

  it('are taken over, as those of another tab', () => {
    const given: unknown[] = [];

    adoption.adopt(HELD, stored(), CONFIG).subscribe((active) => given.push(active));

    expect(given).toEqual([store.active]);
    expect(store.active).toMatchObject({ gen: 2, tokens: { refreshToken: 'refresh-2' } });
    expect(told).toMatchObject([{ type: 'tokenRefreshed', origin: 'otherTab' }]);
  });

  it('are not taken over if they are somebody else’s', async () => {
    const error = await errorOf(adoption.adopt(HELD, stored({ sub: 'user-2' }), CONFIG));

    expect(error).toMatchObject({
      code: 'superseded',
      message: 'The stored session belongs to another user.',
    });
    expect([store.active, told]).toEqual([HELD, []]);
  });

  it.each<[string, () => void]>([
    ['was signed out', () => applyChange(store, { type: 'signedOut' })],
    [
      'gave way to another one',
      () => applyChange(store, { type: 'signedIn', active: heldSession({ sid: 'sid-2' }) }),
    ],
  ])('come too late for a session that %s while they were being read', async (_, end) => {
    end();
    const { active } = store;

    const error = await errorOf(adoption.adopt(HELD, stored(), CONFIG));

    expect(error).toMatchObject({ code: 'superseded', message: 'The session is over.' });
    expect(store.active).toBe(active);
  });
});
