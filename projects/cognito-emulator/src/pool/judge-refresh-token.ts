import type { RefreshTokenRecord } from './token-records';

/** What the service makes of a submitted refresh token. */
export type RefreshTokenVerdict =
  'unknown' | 'wrongClient' | 'revoked' | 'expired' | 'reused' | 'current' | 'inGrace';

/** Decides on values alone, so that the oracles judge exactly as the operations do. */
export function judgeRefreshToken(
  record: RefreshTokenRecord | undefined,
  clientId: string,
  graceSeconds: number,
  now: number,
): RefreshTokenVerdict {
  if (record === undefined) return 'unknown';
  if (record.family.clientId !== clientId) return 'wrongClient';
  if (record.family.revoked || record.revoked || record.superseded) return 'revoked';
  if (now >= record.family.expiresAt) return 'expired';
  if (record.retiredAt === null) return 'current';
  return now < record.retiredAt + graceSeconds * 1000 ? 'inGrace' : 'reused';
}
