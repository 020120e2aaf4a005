import { SessionError } from '../../../ngx-cognito-session/src/lib/errors/session-error';
import type { UserPoolClient } from '../cognito/user-pool-client';
import type { ServerSessionsLogger } from '../config/server-sessions-options';

/** Revokes refresh tokens, best effort. Resolves with whether Cognito has accepted all of them; never rejects. */
export type RevokeTokens = (refreshTokens: readonly string[]) => Promise<boolean>;

export function createRevocation(cognito: UserPoolClient, logger: ServerSessionsLogger): RevokeTokens {
  const revoke = async (refreshToken: string) => {
    try {
      await cognito.revoke(refreshToken);
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
