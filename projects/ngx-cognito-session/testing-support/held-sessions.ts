import type { ActiveSession } from '../src/lib/core/active-session';
import type { RenewalFailure } from '../src/lib/core/renewal-failure';
import { createSession } from '../src/lib/core/session';
import type { HeldState } from '../src/lib/core/session-state';
import { anchorAt, diesAtMs } from '../src/lib/core/session-time';
import { expiresAtMs, lifetimeMs, readTokenSet } from '../src/lib/core/token-set';
import { SessionError } from '../src/lib/errors/session-error';
import { accessToken, CLIENT_ID, idToken, type TokenSpec } from './test-tokens';

/** 12:00:00 UTC on the day all sessions of the tests start. */
export const START_MS = Date.UTC(2026, 0, 5, 12);
export const START_SECONDS = START_MS / 1000;

export interface HeldSessionSpec extends Partial<TokenSpec> {
  readonly sid?: string;
  readonly gen?: number;
  /** `null`: none. */
  readonly refreshToken?: string | null;
  readonly bufferMs?: number;
  readonly refreshTokenValidityDays?: number;
}

/** A session as the library holds it, issued at `START_MS` for an hour, on a device whose clocks are right. */
export function heldSession(spec: HeldSessionSpec = {}): ActiveSession {
  const {
    sid = 'sid-1',
    gen = 1,
    refreshToken = 'refresh-1',
    bufferMs = 60_000,
    iat = START_SECONDS,
    ...rest
  } = spec;
  const tokens = readTokenSet(
    {
      accessToken: accessToken({ iat, ...rest }),
      idToken: idToken({ iat, ...rest }),
      refreshToken: refreshToken ?? undefined,
    },
    { clientId: CLIENT_ID },
  );
  const expiry = expiresAtMs(tokens);
  const serverNowMs = () => iat * 1000;
  return {
    sid,
    gen,
    since: iat * 1000,
    tokens,
    anchor: anchorAt(0, { wallMs: iat * 1000, monotonicMs: 0 }),
    serverNowMs,
    session: createSession({
      tokens,
      driftMs: 0,
      refreshTokenValidityDays: spec.refreshTokenValidityDays,
      serverNowMs,
    }),
    expiresAtMs: expiry,
    diesAtMs: diesAtMs(expiry, lifetimeMs(tokens)),
    renewalDueAtMs: expiry - bufferMs,
  };
}

export function signedInState(active = heldSession()): HeldState {
  return {
    status: 'signedIn',
    active,
    refreshing: false,
    failure: null,
    endingAnnounced: false,
    suspect: false,
    unannounced: false,
  };
}

/** A transient failure after which no tab may call for 5 s from `START_MS` on. */
export function failureOf(more: Partial<RenewalFailure> = {}): RenewalFailure {
  return {
    error: new SessionError('networkError', 'No network.'),
    count: 1,
    until: START_MS + 5000,
    waitMs: 5000,
    ...more,
  };
}

/** The error that a call throws. */
export function thrownBy(call: () => unknown): unknown {
  try {
    call();
  } catch (error) {
    return error;
  }
  throw new Error('It did not throw.');
}
