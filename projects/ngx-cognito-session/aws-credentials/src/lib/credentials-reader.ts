import { inject, untracked } from '@angular/core';
import {
  SESSION_CLOCK,
  SessionService,
  ɵanchorAt,
  ɵdiesAtMs,
  ɵRANDOM_SOURCE,
  ɵreadClock,
  ɵserverClock,
} from 'ngx-cognito-session';
import { AwsCredentialsError, expired } from './aws-credentials-error';
import type { HeldCredentials } from './holding';
import { leadTimeMs } from './numbers';
import type { ResolvedOptions } from './resolved-options';

/** Reads the JSON object of an answer. `driftMs`: server minus device by its date; `NaN`: the page may not read that. */
export type ReadAnswer<T> = (body: Fields, driftMs: number) => T;

type Fields = Readonly<Record<string, unknown>>;

/** The identity id of an answer. Throws `invalidResponse`. Pure. */
export const readIdentityId: ReadAnswer<string> = (body) => text(body, 'IdentityId');

/**
 * Reads the credentials of an answer, and ties them to the clocks. The function throws `invalidResponse`, also for credentials that
 * have expired by the server's clock. Needs an injection context.
 */
export function credentialsReader({ refreshBufferSeconds }: ResolvedOptions): ReadAnswer<HeldCredentials> {
  const session = inject(SessionService);
  const clock = inject(SESSION_CLOCK);
  const random = inject(ɵRANDOM_SOURCE);
  return (body, toldMs) => {
    const keys = (body['Credentials'] ?? {}) as Fields;
    // Seconds, with fractions. What is not a time becomes NaN, and counts as expired.
    const { Expiration: seconds } = keys;
    const expiration = new Date(typeof seconds === 'number' ? seconds * 1000 : NaN);
    const expiresAtMs = expiration.getTime();
    const credentials = {
      accessKeyId: text(keys, 'AccessKeyId'),
      secretAccessKey: text(keys, 'SecretKey'),
      sessionToken: text(keys, 'SessionToken'),
      expiration,
      identityId: text(body, 'IdentityId'),
    };
    // The device's clock may have been set since the tokens told theirs.
    const driftMs = Number.isNaN(toldMs) ? (untracked(session.session)?.clockDrift ?? 0) * 1000 : toldMs;
    const read = () => ɵreadClock(clock);
    const serverNowMs = ɵserverClock(ɵanchorAt(driftMs, read()), read);
    const lifetimeMs = expiresAtMs - serverNowMs();
    if (!(lifetimeMs > 0)) throw expired();
    const diesAtMs = ɵdiesAtMs(expiresAtMs, lifetimeMs);
    const dueAtMs = expiresAtMs - leadTimeMs(refreshBufferSeconds, lifetimeMs, random.number());
    return {
      credentials,
      untilDeadMs: () => diesAtMs - serverNowMs(),
      untilDueMs: () => dueAtMs - serverNowMs(),
    };
  };
}

function text(fields: Fields, name: string): string {
  const value = fields[name];
  if (typeof value === 'string' && value !== '') return value;
  throw new AwsCredentialsError('invalidResponse', `The answer has no ${name}.`);
}
