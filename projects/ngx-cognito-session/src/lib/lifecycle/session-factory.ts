import { inject } from '@angular/core';
import { BUFFER_JITTER_SHARE, BUFFER_SHARE, DETACHED_BUFFER_MS } from '../config/numbers';
import { RESOLVED_CONFIG } from '../config/resolved-config';
import type { ActiveSession } from '../core/active-session';
import { createSession } from '../core/session';
import type { StoredSession } from '../core/session-record';
import { anchorAt, diesAtMs, plausibleDriftMs, renewalDueAtMs, serverClock } from '../core/session-time';
import { expiresAtMs, lifetimeMs, readTokenSet, toAuthTokens, type TokenSet } from '../core/token-set';
import { RANDOM_SOURCE } from '../platform/random';
import { readClock, SESSION_CLOCK } from '../platform/session-clock';
import { StoredRecord } from '../storage/stored-record';

export interface SessionParts {
  readonly sid: string;
  readonly gen: number;
  readonly since: number;
  readonly tokens: TokenSet;
  readonly driftMs: number;
  /** Whether Cognito issued the tokens just now. */
  readonly isFresh: boolean;
}

/** Makes the held form of a session: ties it to the clocks and draws its jitter. */
export class SessionFactory {
  readonly #config = inject(RESOLVED_CONFIG);
  readonly #record = inject(StoredRecord);
  readonly #clock = inject(SESSION_CLOCK);
  readonly #random = inject(RANDOM_SOURCE);

  /** When the youngest session began that this page has seen. */
  latestSince = 0;

  create({ sid, gen, since, tokens, driftMs, isFresh }: SessionParts): ActiveSession {
    const config = this.#config;
    this.latestSince = Math.max(this.latestSince, since);
    const reading = readClock(this.#clock);
    const issuedAtMs = tokens.accessClaims.iat * 1000;
    const anchor = anchorAt(
      isFresh
        ? driftMs
        : plausibleDriftMs(driftMs, { issuedAtMs, expiresAtMs: expiresAtMs(tokens) }, reading.wallMs),
      reading,
    );
    const serverNowMs = serverClock(anchor, readClock.bind(null, this.#clock));
    const expiry = expiresAtMs(tokens);
    const lifetime = lifetimeMs(tokens);
    const diesAt = diesAtMs(expiry, lifetime);
    const dueAt = renewalDueAtMs({
      expiresAtMs: expiry,
      lifetimeMs: lifetime,
      // A page without its database lets those that have theirs go first.
      bufferMs:
        this.#record.mode === 'detached' ? Math.min(config.bufferMs, DETACHED_BUFFER_MS) : config.bufferMs,
      bufferShare: BUFFER_SHARE,
      jitterShare: BUFFER_JITTER_SHARE,
      random: this.#random.number(),
    });
    return {
      sid,
      gen,
      since,
      tokens,
      anchor,
      serverNowMs,
      session: createSession({
        tokens,
        driftMs,
        refreshTokenValidityDays: config.refreshTokenValidityDays,
        serverNowMs,
      }),
      expiresAtMs: expiry,
      diesAtMs: diesAt,
      // However odd the clocks: tokens that are new are not renewed before half of their life is over. Unless it is over
      // altogether, because the device slept with the answer on its way.
      renewalDueAtMs: isFresh ? Math.min(Math.max(dueAt, anchor.serverMs + lifetime / 2), diesAt) : dueAt,
    };
  }

  /** Throws `invalidToken` for stored tokens of another client or pool. */
  fromStored({ tokens, ...session }: StoredSession): ActiveSession {
    return this.create({
      ...session,
      tokens: readTokenSet(tokens, this.#config),
      driftMs: tokens.clockDrift * 1000,
      isFresh: false,
    });
  }

  isLive(active: ActiveSession): boolean {
    return active.serverNowMs() < active.diesAtMs;
  }
}

/** The stored form of a held session. */
export function toStored({ sid, gen, since, tokens, anchor }: ActiveSession): StoredSession {
  return { sid, gen, since, tokens: toAuthTokens(tokens, anchor.driftMs) };
}
