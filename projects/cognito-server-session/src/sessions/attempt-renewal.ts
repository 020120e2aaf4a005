import { isTerminal } from '../../../ngx-cognito-session/src/lib/cognito/service-error';
import type { RawTokens, TokenSet } from '../../../ngx-cognito-session/src/lib/core/token-set';
import { SessionError } from '../../../ngx-cognito-session/src/lib/errors/session-error';
import { randomText } from '../crypto/session-secret';
import { mayBeAlive } from '../model/decide-renewal';
import { WRITE_TRIES } from '../model/numbers';
import { isOfAnotherUser, readRenewedTokens } from '../model/read-renewed-tokens';
import type { Attempt } from '../model/session-row';
import { commitRenewal } from './commit-renewal';
import { failRenewal } from './fail-renewal';
import type { OpenSession } from './open-session';
import { refuseRenewal } from './refuse-renewal';
import type { RenewalContext } from './renewal-context';
import { writeRow } from './write-row';

/**
 * One refresh: claim, call, settle. Gives the session with its new tokens. `null`: the row tells how it went on, because
 * another instance came first or Cognito gave no new tokens. `onAnswer` hears that this process holds tokens that are stored
 * nowhere yet.
 */
export async function attemptRenewal(
  context: RenewalContext,
  held: OpenSession,
  onAnswer: () => void,
): Promise<OpenSession | null> {
  const { row, tokens } = held;
  const { refreshToken: sent } = tokens;
  const attempt = { id: randomText(), at: context.options.now() };
  if (sent === undefined || !(await claim(context, held, attempt))) return null;
  let answer: RawTokens | undefined;
  try {
    answer = await context.cognito.refresh(tokens, sent);
    onAnswer();
    const renewed = readAnswer(context, tokens, answer);
    return await commitRenewal(context, row, { tokens: renewed, sent, rotated: answer.refreshToken });
  } catch (error) {
    if (!(error instanceof SessionError)) throw error;
    const { code } = error;
    if (isTerminal(code)) await refuseRenewal(context, row, { attempt, reason: code });
    else await failRenewal(context, row, { attempt, error, rotated: rotatedOf(tokens, answer) });
    return null;
  }
}

/**
 * Exactly one instance claims: the condition names the newest attempt that it saw, and the time of the last one, which may have
 * failed since. A claim that was written too slowly has been
 * taken over perhaps, so no call follows it.
 */
async function claim(context: RenewalContext, { row }: OpenSession, attempt: Attempt): Promise<boolean> {
  const { type } = await writeRow(context, {
    condition: { version: row.version, attempt: row.attempt?.id ?? null, lastSeenAt: row.lastSeenAt },
    // A user whose session cannot be refreshed is active all the same.
    change: { attempt, lastSeenAt: attempt.at },
    isApplied: (now) => now.version === row.version && now.attempt?.id === attempt.id,
    tries: WRITE_TRIES,
  });
  return type === 'done' && mayBeAlive(attempt, context.options.now());
}

function readAnswer({ options }: RenewalContext, held: TokenSet, answer: RawTokens): TokenSet {
  const { clientId, userPoolId, now } = options;
  return readRenewedTokens(held, answer, { expected: { clientId, userPoolId }, now: now() });
}

/** The refresh token in an answer whose other tokens are unusable. */
function rotatedOf(held: TokenSet, answer: RawTokens | undefined): string | undefined {
  return answer === undefined || isOfAnotherUser(held, answer) ? undefined : answer.refreshToken;
}
