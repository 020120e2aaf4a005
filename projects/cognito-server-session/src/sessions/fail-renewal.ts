import { isOutcomeUnknown } from '../../../ngx-cognito-session/src/lib/cognito/service-error';
import type { SessionError } from '../../../ngx-cognito-session/src/lib/errors/session-error';
import { nextBackoff } from '../model/failed-renewal';
import { COMMIT_TRIES, WRITE_TRIES } from '../model/numbers';
import type { Attempt, SessionRow } from '../model/session-row';
import { keepLateRefreshToken } from './late-refresh-token';
import type { RenewalContext } from './renewal-context';
import { writeRow } from './write-row';

interface FailedRenewal {
  readonly attempt: Attempt;
  readonly error: SessionError;
  /** A refresh token that came with an answer that is not good otherwise. */
  readonly rotated: string | undefined;
}

/** A transient failure: the session is kept, and no instance calls Cognito before the back-off has passed. */
export async function failRenewal(
  context: RenewalContext,
  row: SessionRow,
  { attempt, error, rotated }: FailedRenewal,
): Promise<void> {
  const { options, seals } = context;
  const backoff = nextBackoff({
    code: error.code,
    isOutcomeUnknown: isOutcomeUnknown(error),
    attempt,
    previous: row.backoff,
    graceMs: options.graceMs,
    now: options.now(),
    random: Math.random(),
  });
  report(context, error);
  const settled = { attempt: null, backoff };
  if (rotated === undefined) {
    await writeRow(context, {
      condition: { version: row.version, attempt: attempt.id },
      change: settled,
      isApplied: ({ attempt: open }) => open === null,
      tries: WRITE_TRIES,
    });
    return;
  }
  // Cognito may have ended the refresh token that was sent, so the new one is stored although its tokens are unusable.
  const spare = await seals.openToken(row.spare);
  const sealed = await seals.sealRefreshTokens(spare === null ? [rotated] : [rotated, spare]);
  const written = await writeRow(context, {
    condition: { version: row.version },
    change: { ...settled, ...sealed, version: row.version + 1 },
    isApplied: ({ refreshToken }) => refreshToken === sealed.refreshToken,
    tries: COMMIT_TRIES,
  });
  if (written.type === 'conflict') await keepLateRefreshToken(context, written.row, rotated);
}

/** A misconfiguration is reported loudly: it does not pass. */
function report({ options: { logger } }: RenewalContext, error: SessionError): void {
  const details = { code: error.code, serviceError: error.serviceError };
  if (error.code === 'invalidConfiguration')
    logger.error('The app client does not fit the options.', details);
  else logger.warn('A refresh failed. The session is kept.', details);
}
