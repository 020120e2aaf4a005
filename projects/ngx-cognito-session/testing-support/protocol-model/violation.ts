import { redeem, sessionOf, statusOf, type CognitoSettings } from './cognito-model';
import { isLockHeld, type ModelTab, type World } from './world';

/** A promise of the protocol that was broken. */
export type Violation =
  /** Signed out while a tab that is not crashed, or the record, has the good token or will get it. */
  | 'signedOutDespiteGoodToken'
  /** Signed out although no answer was lost and nobody signed out. */
  | 'signedOutWithoutCause'
  | 'signedOutWhileAttemptMayLive'
  | 'deadResultStored'
  | 'deadResultPublished'
  | 'publishedBeforeStored'
  | 'generationCommittedTwice'
  /** Two claimants of one generation, and none of them took over. */
  | 'claimedBesideLivingAttempt'
  | 'claimedWithSpentToken'
  | 'attemptIdUsedTwice'
  | 'tokenInUseRevoked'
  | 'handedOutAfterSleep'
  /** A refresh token of an ended session lives on at Cognito, and no loss excuses it. */
  | 'tokenLeftAlive'
  /** No way leads from here to a rest. */
  | 'deadlock';

/** What must hold in every world, whatever led to it. */
export function violationIn(world: World): Violation | null {
  const { record, tabs } = world;
  for (const tab of tabs) {
    if (tab.life !== 'awake' || tab.held === null) continue;
    if (sessionOf(tab.held.token) !== tab.held.sid) return 'deadResultPublished';
    if (tab.hasMissedTheEnd && !tab.isSuspect) return 'handedOutAfterSleep';
    if (tab.held.sid === record.sid && tab.held.gen > record.gen && tab.attempt?.phase !== 'unsaved')
      return 'publishedBeforeStored';
  }
  return isQuiet(world) && hasTokenLeft(world) ? 'tokenLeftAlive' : null;
}

/** What a transaction made of the record: only a sign-in brings a session into it. */
export function violationOfStep(before: World, { record }: World): Violation | null {
  const stored = [record.tokens, record.spare].flatMap((tokens) => tokens?.refreshToken ?? []);
  if (stored.some((token) => sessionOf(token) !== record.sid)) return 'deadResultStored';
  if (record.sid !== null && record.sid !== before.record.sid) return 'deadResultStored';
  return null;
}

/** Of a commit that stored its answer. */
export function violationOfCommit(before: World, after: World): Violation | null {
  return after.record.gen > before.record.gen ? null : 'generationCommittedTwice';
}

/** Of a claim that this tab was granted. */
export function violationOfClaim(before: World, tab: ModelTab, id: string, sent: string): Violation | null {
  const { record, tabs } = before;
  if (tabs.some(({ attempt }) => attempt?.id === id) || record.open.some((open) => open.id === id))
    return 'attemptIdUsedTwice';
  if (record.spent !== undefined && record.tokens?.refreshToken === sent) return 'claimedWithSpentToken';
  const isBeside = tabs.some(
    ({ life, attempt }) =>
      life !== 'crashed' &&
      attempt?.sid === record.sid &&
      attempt.gen === record.gen &&
      isUndecided(attempt.phase),
  );
  const newest = record.open.filter(({ gen }) => gen === record.gen).at(-1);
  return isBeside && (newest === undefined || !tab.overdue.includes(newest.id))
    ? 'claimedBesideLivingAttempt'
    : null;
}

/** Of the end of a session that a refusal brought about. */
export function violationOfEnd(
  before: World,
  own: string | null,
  settings: CognitoSettings,
): Violation | null {
  const { record, tokens, tabs } = before;
  const { sid } = record;
  if (sid === null) return null;
  if (record.open.some(({ id }) => id !== own && isLockHeld(before, id)))
    return 'signedOutWhileAttemptMayLive';
  const isGood = (token: string | undefined) => token !== undefined && statusOf(tokens, token) === 'live';
  const hasGood = tabs.some(({ life, held, attempt }) => {
    if (life === 'crashed') return false;
    if (held?.sid === sid && isGood(held.token)) return true;
    if (attempt?.sid !== sid || attempt.id === own) return false;
    if (attempt.phase !== 'out') return isGood(attempt.token);
    const answer = redeem(tokens, attempt.sent, settings);
    return answer.type === 'good' && statusOf(answer.tokens, answer.token) === 'live';
  });
  if (hasGood || isGood(record.spare?.refreshToken)) return 'signedOutDespiteGoodToken';
  const hasCause = Object.entries(tokens).some(
    ([name, { isExcused }]) => sessionOf(name) === sid && isExcused === true,
  );
  return hasCause ? null : 'signedOutWithoutCause';
}

/** Of the revocation of an answer that came too late, while its session goes on. */
export function violationOfRevocation({ record, tokens, tabs }: World, token: string): Violation | null {
  if (record.sid !== sessionOf(token) || statusOf(tokens, token) !== 'live') return null;
  const isInUse =
    record.tokens?.refreshToken === token ||
    tabs.some(({ held, life }) => life !== 'crashed' && held?.token === token);
  return isInUse ? 'tokenInUseRevoked' : null;
}

/** Nothing is on its way any more. */
export function isQuiet({ tabs }: World): boolean {
  return tabs.every(({ attempt, ending }) => attempt === null && ending === null);
}

/** Quiet, everybody is awake and agrees with the record, and the session is renewed as far as it goes, or over. */
export function isAtRest(world: World, lastGen: number): boolean {
  const { record, tabs } = world;
  return (
    isQuiet(world) &&
    tabs.every(({ life, held, isSuspect }) => {
      if (life === 'crashed') return true;
      if (life === 'frozen' || isSuspect) return false;
      return held === null || (held.sid === record.sid && held.gen === record.gen && held.gen >= lastGen);
    })
  );
}

function isUndecided(phase: NonNullable<ModelTab['attempt']>['phase']): boolean {
  return phase === 'out' || phase === 'good';
}

function hasTokenLeft({ record, tokens }: World): boolean {
  return Object.entries(tokens).some(
    ([name, { status, isExcused }]) =>
      status === 'live' && isExcused !== true && sessionOf(name) !== record.sid,
  );
}
