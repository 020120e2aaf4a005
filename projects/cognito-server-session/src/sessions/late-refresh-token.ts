import { COMMIT_TRIES } from '../model/numbers';
import type { SessionRow } from '../model/session-row';
import type { RenewalContext } from './renewal-context';
import { writeRow } from './write-row';

/**
 * A refresh token that came with an answer after another one was committed. It becomes the spare one of the session, because
 * which of the two Cognito keeps is not documented. It is revoked if the session has ended, or if the store
 * does not keep it.
 */
export async function keepLateRefreshToken(
  context: RenewalContext,
  seen: SessionRow | null,
  token: string,
): Promise<void> {
  try {
    if (!(await keep(context, seen, token))) await context.revoke([token]);
  } catch (error) {
    // It exists nowhere else.
    await context.revoke([token]);
    throw error;
  }
}

/** Resolves with whether the session goes on with the token in its row. */
async function keep(context: RenewalContext, seen: SessionRow | null, token: string): Promise<boolean> {
  const { revoke, seals } = context;
  let row = seen;
  while (row !== null) {
    const stored = await seals.refreshTokensOf(row);
    if (stored.includes(token)) return true;
    const { revocable } = await seals.sealRefreshTokens([...stored.slice(0, 1), token]);
    const spare = await seals.sealToken(token);
    const written = await writeRow(context, {
      condition: { version: row.version },
      change: { spare, revocable },
      isApplied: (now) => now.spare === spare,
      tries: COMMIT_TRIES,
    });
    if (written.type === 'done') {
      const replaced = await seals.openToken((written.before ?? row).spare);
      if (replaced !== null && replaced !== token) await revoke([replaced]);
      return true;
    }
    row = written.row;
  }
  return false;
}
