import type { TerminalCode } from '../../../ngx-cognito-session/src/lib/cognito/service-error';
import type { Attempt, SessionRow } from '../model/session-row';
import { asked, readRow } from './guarded-store';
import type { RenewalContext } from './renewal-context';

/**
 * Cognito rejects the refresh token. The session ends, unless the row has moved on, or a later attempt is open: that one
 * decides. Earlier attempts cannot be alive, because an attempt is claimed only after the deadline of the one before. A spare
 * refresh token gets its chance first.
 */
export async function refuseRenewal(
  context: RenewalContext,
  { version }: SessionRow,
  { attempt, reason }: { readonly attempt: Attempt; readonly reason: TerminalCode },
): Promise<void> {
  const { key, options, revoke, seals } = context;
  const row = await readRow(options, key);
  if (row?.version !== version || row.attempt?.id !== attempt.id) return;
  const condition = { version, attempt: attempt.id };
  const spare = await seals.openToken(row.spare);
  if (spare !== null) {
    const refreshTokens = await seals.sealRefreshTokens([spare]);
    const change = { ...refreshTokens, spare: null, attempt: null, backoff: null };
    await asked(options, options.store.update(key, condition, change));
    return;
  }
  const ended = await asked(options, options.store.delete(key, condition));
  if (ended === null) return;
  options.logger.error('Cognito ended a session.', { reason, sub: key.sub });
  const late = await seals.openToken(ended.spare);
  if (late !== null) await revoke([late]);
}
