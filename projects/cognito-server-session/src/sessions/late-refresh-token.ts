import { asked, readRow } from './guarded-store';
import type { SessionRow } from '../model/session-row';
import type { RenewalContext } from './renewal-context';

/**
 * A refresh token that came with an answer after another one was committed. It becomes the spare one of the session, because
 * which of the two Cognito keeps is not documented. It is revoked if the session has ended.
 */
export async function keepLateRefreshToken(
  context: RenewalContext,
  seen: SessionRow | null,
  token: string,
): Promise<void> {
  const { key, options, revoke, seals } = context;
  for (let row = seen; ; row = await readRow(options.store, key)) {
    if (row === null) {
      await revoke([token]);
      return;
    }
    const stored = await seals.refreshTokensOf(row);
    if (stored.includes(token)) return;
    const { revocable } = await seals.sealRefreshTokens([...stored.slice(0, 1), token]);
    const change = { spare: await seals.sealToken(token), revocable };
    const before = await asked(options.store.update(key, { version: row.version }, change));
    if (before === null) continue;
    const replaced = await seals.openToken(before.spare);
    if (replaced !== null && replaced !== token) await revoke([replaced]);
    return;
  }
}
