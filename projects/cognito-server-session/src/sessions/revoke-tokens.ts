import { SessionError } from '../../../ngx-cognito-session/src/lib/errors/session-error';
import type { UserPoolClient } from '../cognito/user-pool-client';
import type { ResolvedOptions } from '../config/resolved-options';
import { REVOKE_WAIT_MS } from '../model/numbers';
import { within } from '../platform/within';

/** Revokes refresh tokens, best effort. Resolves with whether Cognito has accepted all of them; never rejects. */
export type RevokeTokens = (refreshTokens: readonly string[]) => Promise<boolean>;

/** It waits for an answer for a short time: the session has ended already. */
export function createRevocation(
  cognito: UserPoolClient,
  { logger, wait }: Pick<ResolvedOptions, 'logger' | 'wait'>,
): RevokeTokens {
  const revoke = async (refreshToken: string) => {
    try {
      await within(cognito.revoke(refreshToken), {
        ms: REVOKE_WAIT_MS,
        wait,
        otherwise: () => Promise.reject(new SessionError('timeout', 'Cognito did not answer in time.')),
      });
      return true;
    } catch (error) {
      logger.warn('A refresh token was not revoked.', { code: codeOf(error) });
      return false;
    }
  };
  return async (refreshTokens) => {
    const results = await Promise.all([...new Set(refreshTokens)].map(revoke));
    return results.every((isRevoked) => isRevoked);
  };
}

/** A word for logs that holds nothing secret. */
export function codeOf(error: unknown): string {
  if (error instanceof SessionError) return error.serviceError ?? error.code;
  return error instanceof Error ? error.name : 'unknown';
}
