import type { Call, Facts, Sighting, Violation } from '../facts';
import { expectedSessions } from './expected-session';

const ORACLE = "no session is lost without Cognito's terminal word";

const TERMINAL: readonly string[] = [
  'NotAuthorizedException',
  'RefreshTokenReuseException',
  'UserNotFoundException',
  'PasswordResetRequiredException',
  'UserNotConfirmedException',
];

/**
 * A page shows the session of its device, and a server finds that of its cookie, until the user signs out or Cognito answers that it is over. At
 * the end, when nothing fails any more, each page has come to one or the other.
 */
export function judgeLostSessions(facts: Facts): readonly Violation[] {
  return facts.sightings.flatMap((sighting) => {
    const objection = objectionTo(sighting, facts);
    return objection === null ? [] : [{ oracle: ORACLE, at: sighting.at, text: objection }];
  });
}

function objectionTo(sighting: Sighting, facts: Facts): string | null {
  const { device, page, at, status, detail, family, isFinal, isExcused } = sighting;
  if (isExcused || !(isFinal || hasShownSession(sighting, facts))) return null;
  const expected = expectedSessions(facts, device, at);
  const shown = `${page} shows ${status}${detail === null ? '' : ` (${detail})`}`;
  if (status === 'signedOut') {
    const isKnown =
      expected.has(null) ||
      [...expected].some(
        (each) => each !== null && (hasEnded(each, at, facts.calls) || isForgotten(each, sighting, facts)),
      );
    return isKnown ? null : `${shown}, and neither the user nor Cognito ended ${[...expected].join(' or ')}`;
  }
  if (!isFinal) return null;
  if (status !== 'signedIn') return `${shown} at the end, when nothing fails any more`;
  return expected.has(family)
    ? null
    : `${shown} of ${family ?? 'an unknown sign-in'} at the end; expected ${[...expected].map((each) => each ?? 'none').join(' or ')}`;
}

/** A page may learn late of a command in another one. It has lost a session that it showed before, if there was no command since. */
function hasShownSession({ device, page, at }: Sighting, facts: Facts): boolean {
  const before = facts.sightings.filter((other) => other.page === page && other.at < at).at(-1);
  return (
    before !== undefined &&
    before.family !== null &&
    expectedSessions(facts, device, at).has(before.family) &&
    ![...facts.signIns, ...facts.signOuts].some(
      (command) => command.device === device && command.at <= at && (command.until ?? Infinity) >= before.at,
    )
  );
}

/**
 * Whether a session in shared memory is gone: a page came up without its key, this one has never shown it, and none shows it at the end. A page
 * that was frozen, or heard of the session late, may not have got the key before the last page that had it ended.
 */
function isForgotten(
  family: string,
  { device, page, at }: Sighting,
  { signIns, troubles, sightings }: Facts,
): boolean {
  const begun = signIns.find((signIn) => signIn.family === family)?.at ?? Infinity;
  return (
    troubles.some(
      (trouble) =>
        trouble.kind === 'keyLoss' && trouble.device === device && trouble.at >= begun && trouble.at <= at,
    ) &&
    !sightings.some(
      (other) => other.device === device && other.family === family && (other.isFinal || other.page === page),
    )
  );
}

/** Whether Cognito has said that the session is over. */
export function hasEnded(family: string, at: number, calls: readonly Call[]): boolean {
  return calls.some(
    (call) =>
      call.operation === 'refresh' &&
      call.family === family &&
      call.at <= at &&
      call.isAnswered &&
      TERMINAL.includes(call.exception ?? ''),
  );
}
