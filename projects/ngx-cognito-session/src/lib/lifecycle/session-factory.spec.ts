import { TestBed } from '@angular/core/testing';
import { START_MS, START_SECONDS } from '../../../testing-support/held-sessions';
import { ManualTime } from '../../../testing-support/manual-time';
import { authTokens, CLIENT_ID } from '../../../testing-support/test-tokens';
import { resolveConfig } from '../config/resolved-config';
import { readTokenSet } from '../core/token-set';
import { SESSION_CLOCK } from '../platform/session-clock';
import { SessionFactory } from './session-factory';

const CONFIG = resolveConfig({ region: 'eu-west-1', clientId: CLIENT_ID });
const HOUR_MS = 3_600_000;

describe('a session as it is held', () => {
  function setUp() {
    const time = new ManualTime(START_MS);
    TestBed.configureTestingModule({
      providers: [SessionFactory, { provide: SESSION_CLOCK, useValue: time }],
    });
    const factory = TestBed.inject(SessionFactory);
    const tokens = readTokenSet(authTokens({ iat: START_SECONDS }), CONFIG);
    const create = (driftMs: number, isFresh: boolean) =>
      factory.create({ sid: 'a', gen: 1, tokens, driftMs, isFresh }, CONFIG);
    return { time, factory, create };
  }

  it('lives until the moment at which its tokens die, and not at it', () => {
    const { time, factory, create } = setUp();
    const active = create(0, true);

    time.advance(active.diesAtMs - START_MS - 1);
    expect(factory.isLive(active)).toBe(true);
    time.advance(1);
    expect(factory.isLive(active)).toBe(false);
  });

  it('is not renewed before half of its life is over, however odd the clocks', () => {
    const { create } = setUp();

    // Server time is near the end of the tokens that have just been issued.
    const active = create(0.9 * HOUR_MS, true);
    expect(active.renewalDueAtMs).toBe(active.diesAtMs);
    // What was issued long ago is due when it is due.
    expect(create(0.9 * HOUR_MS, false).renewalDueAtMs).toBeLessThan(active.diesAtMs);
  });
});
