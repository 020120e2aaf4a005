import { TestBed } from '@angular/core/testing';
import { START_MS, START_SECONDS, thrownBy } from '../../../testing-support/held-sessions';
import { ManualTime } from '../../../testing-support/manual-time';
import { accessToken, authTokens, CLIENT_ID } from '../../../testing-support/test-tokens';
import { RESOLVED_CONFIG, resolveConfig } from '../config/resolved-config';
import type { StoredSession } from '../core/session-record';
import { readTokenSet } from '../core/token-set';
import { RANDOM_SOURCE } from '../platform/random';
import { SESSION_CLOCK } from '../platform/session-clock';
import { StoredRecord, type RecordMode } from '../storage/stored-record';
import { SessionFactory, toStored } from './session-factory';

const CONFIG = resolveConfig({ region: 'eu-west-1', clientId: CLIENT_ID });
const HOUR_MS = 3_600_000;

describe('a session as it is held', () => {
  function setUp(mode: RecordMode = 'attached', config = CONFIG) {
    const time = new ManualTime(START_MS);
    TestBed.configureTestingModule({
      providers: [
        SessionFactory,
        { provide: SESSION_CLOCK, useValue: time },
        { provide: RESOLVED_CONFIG, useValue: config },
        { provide: StoredRecord, useValue: { mode } },
        { provide: RANDOM_SOURCE, useValue: { number: () => 0, id: () => 'id' } },
      ],
    });
    const factory = TestBed.inject(SessionFactory);
    const tokens = readTokenSet(authTokens({ iat: START_SECONDS }), CONFIG);
    const create = (driftMs: number, isFresh: boolean) =>
      factory.create({ sid: 'a', gen: 1, since: START_MS, tokens, driftMs, isFresh });
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

  it('stays dead when the wall clock is set back after a sleep', () => {
    const { time, factory, create } = setUp();
    const active = create(0, true);
    time.sleep(2 * HOUR_MS);
    expect(factory.isLive(active)).toBe(false);

    time.setWall(-2 * HOUR_MS);

    expect(factory.isLive(active)).toBe(false);
  });

  it('is not renewed before half of its life is over, however odd the clocks', () => {
    const { create } = setUp();

    // Server time is near the end of the tokens that have just been issued.
    const active = create(0.9 * HOUR_MS, true);
    expect(active.renewalDueAtMs).toBe(active.diesAtMs);
    // Tokens that were issued long ago are due at their time.
    expect(create(0.9 * HOUR_MS, false).renewalDueAtMs).toBeLessThan(active.diesAtMs);
  });

  it.each<[RecordMode, number | undefined, number]>([
    ['attached', undefined, 60_000],
    ['alone', undefined, 60_000],
    // Pages that have their database go first.
    ['detached', undefined, 30_000],
    ['detached', 10, 10_000],
  ])('is due before it expires: %s, with a buffer of %s s', (mode, refreshBufferSeconds, expected) => {
    const config = resolveConfig({
      region: 'eu-west-1',
      clientId: CLIENT_ID,
      ...(refreshBufferSeconds !== undefined && { refreshBufferSeconds }),
    });
    const { expiresAtMs, renewalDueAtMs } = setUp(mode, config).create(0, true);

    expect(expiresAtMs - renewalDueAtMs).toBe(expected);
  });

  it('is stored and opened again as it was', () => {
    const { factory, create } = setUp();
    const active = create(0, true);

    const stored = toStored(active);
    expect(stored).toEqual({ sid: 'a', gen: 1, since: START_MS, tokens: expect.anything() });
    const { sid, gen, since, tokens, expiresAtMs, diesAtMs } = factory.fromStored(stored);
    expect({ sid, gen, since, tokens, expiresAtMs, diesAtMs }).toEqual({
      sid: 'a',
      gen: 1,
      since: START_MS,
      tokens: active.tokens,
      expiresAtMs: active.expiresAtMs,
      diesAtMs: active.diesAtMs,
    });
  });

  it('is not opened from tokens of another client', () => {
    const { factory, create } = setUp();
    const stored = toStored(create(0, true));
    const foreign = accessToken({ iat: START_SECONDS, claims: { client_id: 'another' } });
    const tampered: StoredSession = { ...stored, tokens: { ...stored.tokens, accessToken: foreign } };

    expect(thrownBy(() => factory.fromStored(tampered))).toMatchObject({ code: 'invalidToken' });
  });
});
