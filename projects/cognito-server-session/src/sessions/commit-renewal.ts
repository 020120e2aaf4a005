import type { TokenSet } from '../../../ngx-cognito-session/src/lib/core/token-set';
import { COMMIT_TRIES } from '../model/numbers';
import type { SessionRow } from '../model/session-row';
import { tokenTimes } from '../model/token-times';
import { keepLateRefreshToken } from './late-refresh-token';
import type { OpenSession } from './open-session';
import type { RenewalContext } from './renewal-context';
import { writeRow } from './write-row';

/** The tokens of a good answer. */
export interface GoodAnswer {
  readonly tokens: TokenSet;
  /** The refresh token that was sent. */
  readonly sent: string;
  /** The new refresh token, with rotation. */
  readonly rotated: string | undefined;
}

/**
 * Stores the tokens of a good answer if the row still has the version that was refreshed, whichever attempt is the newest by
 * now: a late answer is as good as an early one. `null`: another answer was committed, or the session has ended.
 */
export async function commitRenewal(
  context: RenewalContext,
  held: SessionRow,
  { tokens, sent, rotated }: GoodAnswer,
): Promise<OpenSession | null> {
  const { options, seals } = context;
  const { version } = held;
  const sealed = await seals.seal(tokens);
  const written = await writeRow(context, {
    condition: { version },
    change: {
      ...sealed,
      ...tokenTimes(tokens, { bufferMs: options.bufferMs, random: Math.random() }),
      version: version + 1,
      updatedAt: options.now(),
      lastSeenAt: options.now(),
      spare: null,
      attempt: null,
      backoff: null,
    },
    isApplied: (row) => row.tokens === sealed.tokens,
    tries: COMMIT_TRIES,
  });
  if (written.type === 'conflict') {
    if (rotated !== undefined) await keepLateRefreshToken(context, written.row, rotated);
    return null;
  }
  await revokeReplaced(context, written.before ?? held, [sent, rotated]);
  return { row: written.row, tokens };
}

/** A spare refresh token is of no use any more. The one that was sent is: Cognito has replaced it, or it is still in use. */
async function revokeReplaced(
  { revoke, seals }: RenewalContext,
  before: SessionRow,
  known: readonly (string | undefined)[],
): Promise<void> {
  const replaced = await seals.refreshTokensOf(before);
  await revoke(replaced.filter((token) => !known.includes(token)));
}
