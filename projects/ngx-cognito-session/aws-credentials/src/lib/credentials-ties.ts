import { inject, untracked } from '@angular/core';
import {
  SESSION_CLOCK,
  SessionService,
  ɵanchorAt,
  ɵdiesAtMs,
  ɵRANDOM_SOURCE,
  ɵreadClock,
  ɵrefreshDueAtMs,
  ɵserverClock,
} from 'ngx-cognito-session';
import { AwsCredentialsError } from './aws-credentials-error';
import type { HeldCredentials } from './holding';
import type { PoolCredentials } from './pool-answer';
import type { ResolvedOptions } from './resolved-options';

/** Ties credentials to the clocks. The function throws for credentials that have expired by the server's clock. Needs an injection context. */
export function credentialsTies({ bufferMs }: ResolvedOptions): (found: PoolCredentials) => HeldCredentials {
  const session = inject(SessionService);
  const clock = inject(SESSION_CLOCK);
  const random = inject(ɵRANDOM_SOURCE);
  return ({ expirationMs, driftMs: toldMs, ...keys }) => {
    const reading = ɵreadClock(clock);
    // The device's clock may have been set since the tokens told theirs.
    const driftMs = Number.isNaN(toldMs) ? (untracked(session.session)?.clockDrift ?? 0) * 1000 : toldMs;
    const serverNowMs = ɵserverClock(ɵanchorAt(driftMs, reading), () => ɵreadClock(clock));
    const lifetimeMs = expirationMs - serverNowMs();
    if (!(lifetimeMs > 0))
      throw new AwsCredentialsError('invalidResponse', 'The credentials had expired before they arrived.');
    const diesAtMs = ɵdiesAtMs(expirationMs, lifetimeMs);
    const dueAtMs = ɵrefreshDueAtMs(expirationMs, lifetimeMs, bufferMs, random.number());
    return {
      credentials: { ...keys, expiration: new Date(expirationMs) },
      serverNowMs,
      diesAtMs,
      dueAtMs: Math.min(dueAtMs, diesAtMs),
    };
  };
}
