import type { CognitoCall } from '../../emulator/cognito-call';
import type { LoggedEvent } from '../../events/event-log';

/** One line of what happened: at Cognito, or in the session. */
export interface HealingLine {
  readonly key: string;
  readonly at: number;
  readonly where: 'Cognito' | 'Session';
  readonly what: string;
  readonly detail: string;
  readonly isTrouble: boolean;
}

/** Both logs in one order, oldest first. Pure. */
export function healingLines(
  since: number,
  calls: readonly CognitoCall[],
  events: readonly LoggedEvent[],
): readonly HealingLine[] {
  const ofCalls = calls.filter(({ at, operation }) => at >= since && operation !== 'jwks').map(lineOfCall);
  return [...ofCalls, ...events.map(lineOfEvent)].sort((a, b) => a.at - b.at);
}

function lineOfCall({ number, at, operation, status, errorType, isLost, endedAt }: CognitoCall): HealingLine {
  const isTrouble = isLost || (status !== null && status >= 400);
  const answer = isLost
    ? 'connection broken'
    : endedAt === null
      ? 'no answer yet'
      : `${status} ${errorType ?? ''}`;
  return { key: `call ${number}`, at, where: 'Cognito', what: operation, detail: answer.trim(), isTrouble };
}

function lineOfEvent({ number, at, type, detail, origin }: LoggedEvent): HealingLine {
  const isTrouble = type === 'error' || type === 'sessionExpired';
  const where = origin === 'otherTab' ? `${detail} (another tab)` : detail;
  return { key: `event ${number}`, at, where: 'Session', what: type, detail: where, isTrouble };
}
