import { copyOf, liveRecord, type LiveRecord, type RecordReading } from '../../src/lib/core/session-record';
import { honourMarkers } from '../../src/lib/core/sign-out-marker';
import { redeem, sessionOf, statusOf, type CognitoSettings } from './cognito-model';
import { isSameCopy } from './model-copy';
import type { StepKind } from './protocol-rules';
import {
  hasOwner,
  isUnlistedHeld,
  refreshTokenOf,
  type ModelSettings,
  type ModelTab,
  type World,
} from './world';

/** A promise of the protocol that was broken. */
export type Violation =
  /** Signed out while a tab that has not crashed, the record or the copy has the good token, or will receive it. */
  | 'signedOutDespiteGoodToken'
  /** Signed out although no answer was lost and no user signed out. */
  | 'signedOutWithoutCause'
  | 'signedOutWhileAttemptMayLive'
  /** A sign-out ended a session that began after it. */
  | 'otherSessionSignedOut'
  /** A session that was signed out is in the record, and no marker ends it. */
  | 'signOutLost'
  | 'adoptedAfterSignOut'
  | 'deadResultStored'
  | 'deadResultPublished'
  | 'publishedBeforeStored'
  | 'generationCommittedTwice'
  /** Two tabs claimed one generation, and neither of them took over. */
  | 'claimedBesideLivingAttempt'
  | 'claimedWithRefusedToken'
  | 'attemptIdUsedTwice'
  | 'tokenInUseRevoked'
  | 'handedOutAfterSleep'
  /** A tab shows what the record does not hold any more, and nothing tells it to look. */
  | 'hintMissed'
  /** A refresh token of an ended session lives on at Cognito, and no loss excuses it. */
  | 'tokenLeftAlive'
  /** No path leads from here to a rest. */
  | 'deadlock';

/** What must hold in every world, whatever led to it. */
export function violationIn(world: World, hasHints: boolean): Violation | null {
  const { record, tabs, markers, signedOut } = world;
  for (const tab of tabs) {
    const { life, held } = tab;
    if (life !== 'awake' || held === null) continue;
    if (sessionOf(refreshTokenOf(held)) !== held.sid) return 'deadResultPublished';
    if (tab.hasMissedTheEnd && !tab.isSuspect) return 'handedOutAfterSleep';
    if (tab.place === 'attached' && held.sid === record.sid && held.gen > record.gen && !isUnsaved(tab))
      return 'publishedBeforeStored';
  }
  if (record.sid !== null && signedOut.includes(record.sid) && honourMarkers(record, markers) === record)
    return 'signOutLost';
  if (!isQuiet(world)) return null;
  if (hasHints && tabs.some((tab) => isBehind(tab, record))) return 'hintMissed';
  return hasTokenLeft(world) ? 'tokenLeftAlive' : null;
}

/** What a step made of the record. Only a sign-in, or the copy of a page without its database, brings a session into it. */
export function violationOfStep(before: World, after: World, kind: StepKind): Violation | null {
  const { record } = after;
  const old = liveRecord(before.record);
  if (record.sid !== null) {
    const stored = [record.tokens.refreshToken, record.spare].filter((token) => token !== undefined);
    if (stored.some((token) => sessionOf(token) !== record.sid)) return 'deadResultStored';
    const isKnown = record.sid === old?.sid || record.sid === before.copy?.sid || kind === 'signIn';
    return isKnown ? null : 'deadResultStored';
  }
  const isSignedOut = old !== null && record.ended === old.sid && record.reason === undefined;
  return isSignedOut && !before.signedOut.includes(old.sid) ? 'otherSessionSignedOut' : null;
}

/** Of a commit that stored its answer. */
export function violationOfCommit(before: RecordReading, after: RecordReading): Violation | null {
  const [old, now] = [liveRecord(before), liveRecord(after)];
  if (now === null || old?.sid !== now.sid || now.gen > old.gen) return null;
  // An earlier try has stored the same answer.
  return now.tokens.accessToken === old.tokens.accessToken ? null : 'generationCommittedTwice';
}

/** Of a claim that this tab was granted. `record`: what the claim made of the record, or of the copy. */
export function violationOfClaim(
  before: World,
  index: number,
  id: string,
  record: LiveRecord,
): Violation | null {
  const { tabs, aged } = before;
  const tab = tabs[index];
  const found = tab?.place === 'detached' ? null : liveRecord(before.record, record.sid);
  const others = found?.attempts ?? [];
  if ([...others, ...tabs.map(({ attempt }) => attempt)].some((attempt) => attempt?.id === id))
    return 'attemptIdUsedTwice';
  if (found?.refused !== undefined && found.tokens.refreshToken === record.tokens.refreshToken)
    return 'claimedWithRefusedToken';
  const beside = tabs
    .filter(({ life }) => life !== 'crashed')
    .flatMap(({ attempt }) => attempt ?? [])
    .filter(({ sid, gen, phase }) => sid === record.sid && gen === record.gen && isUndecided(phase));
  const isListed = (name: string) => others.some((attempt) => attempt.id === name);
  const newest = others.filter(({ gen }) => gen === record.gen).at(-1);
  const isOverdue = (name: string | undefined) => name !== undefined && tab?.overdue.includes(name) === true;
  const isTakenOver = beside.every(({ id: other, lock }) => {
    // A page without its database does not see attempts without a lock, and others do not see such an attempt of it.
    if (lock === 'none') return isListed(other) ? aged.includes(other) || isOverdue(newest?.id) : true;
    if (lock === 'attempt' && tab?.place !== 'detached') return isOverdue(newest?.id);
    return isOverdue('unlisted');
  });
  return isTakenOver ? null : 'claimedBesideLivingAttempt';
}

/** Of the end of a session after a refusal. `own`: the attempt that was refused. */
export function violationOfEnd(
  before: World,
  index: number,
  { sid, own }: { readonly sid: string; readonly own: string | null },
  settings: CognitoSettings,
): Violation | null {
  const { record, tokens, tabs, aged } = before;
  const isDetached = tabs[index]?.place === 'detached';
  const attempts = record.sid === sid && !isDetached ? record.attempts.filter(({ id }) => id !== own) : [];
  const isAlive = attempts.some(({ id }) => hasOwner(before, id) && !aged.includes(id));
  if (isAlive || isUnlistedHeld(before, index)) return 'signedOutWhileAttemptMayLive';
  const isGood = (token: string | undefined) =>
    token !== undefined && sessionOf(token) === sid && statusOf(tokens, token) === 'live';
  const hasGood = tabs.some(({ life, held, attempt }) => {
    if (life === 'crashed') return false;
    if (attempt?.lock === 'none' && (isDetached || aged.includes(attempt.id))) return false;
    if (held?.sid === sid && isGood(held.tokens.refreshToken)) return true;
    if (attempt?.sid !== sid || attempt.id === own) return false;
    if (attempt.phase !== 'out') return isGood(attempt.token);
    const answer = redeem(tokens, attempt.sent, settings);
    return answer.type === 'good' && statusOf(answer.tokens, answer.token) === 'live';
  });
  const isLost = Object.entries(tokens).some(
    ([name, { isExcused }]) => sessionOf(name) === sid && isExcused === true,
  );
  // An owner without a lock that slept for too long may have the good answer: that is the price of a missing lock.
  const isOverslept = tabs.some(({ attempt }) => attempt?.lock === 'none' && aged.includes(attempt.id));
  // A page without its database cannot see what a page that crashed has left in the record, nor a spare token there.
  if (isDetached) return hasGood && !isLost ? 'signedOutDespiteGoodToken' : null;
  const copy = tabs[index]?.seesOldCopy === true ? before.oldCopy : before.copy;
  const isStored = record.sid === sid && [record.tokens.refreshToken, record.spare].some(isGood);
  if (hasGood || isStored || [copy?.tokens.refreshToken, copy?.spare].some(isGood))
    return 'signedOutDespiteGoodToken';
  return isLost || isOverslept ? null : 'signedOutWithoutCause';
}

/** Of the revocation of a token that a step has taken out of the record, or that came second. */
export function violationOfRevocation(world: World, token: string): Violation | null {
  const { record, tokens, tabs, signedOut } = world;
  const sid = sessionOf(token);
  if (record.sid !== sid || signedOut.includes(sid) || statusOf(tokens, token) !== 'live') return null;
  const isInUse =
    record.tokens.refreshToken === token ||
    tabs.some(({ held, life }) => life !== 'crashed' && held?.tokens.refreshToken === token);
  return isInUse ? 'tokenInUseRevoked' : null;
}

/** Of what a look makes a tab adopt. `signedOut`: what users had signed out when it read the record. A late write to the copy does not count while its tab is about to mend it. */
export function violationOfAdoption(
  { tabs }: World,
  index: number,
  { sid, signedOut }: { readonly sid: string; readonly signedOut: string },
): Violation | null {
  const isMended = tabs[index]?.place === 'detached' && tabs.some(({ mustAgree }) => mustAgree);
  return signedOut.includes(sid) && !isMended ? 'adoptedAfterSignOut' : null;
}

/** Nothing is on its way, and no tab has anything left to do. */
export function isQuiet(world: World): boolean {
  const { tabs, record, markers, copy } = world;
  if (honourMarkers(record, markers) !== record) return false;
  if (copy?.ahead === true && (copy.sid !== record.sid || copy.gen > record.gen)) return false;
  return tabs.every(
    ({ attempt, ending, look, isHinted, isStarting, isSuspect, mustAgree }) =>
      attempt === null &&
      ending === null &&
      look === null &&
      !(isHinted || isStarting || isSuspect || mustAgree),
  );
}

/** Quiet, and all tabs agree with the record: the session is refreshed as far as it goes, or over. */
export function isAtRest(
  world: World,
  { lastGen, hasCopy }: Pick<ModelSettings, 'lastGen' | 'hasCopy'>,
): boolean {
  const { record, tabs, markers, copy } = world;
  if (!isQuiet(world) || markers.length > 0) return false;
  const live = liveRecord(record);
  if (hasCopy && !isSameCopy(copy, live && copyOf(live))) return false;
  return tabs.every(({ life, place, held }) => {
    if (life === 'crashed') return true;
    if (life === 'frozen' || place === 'detached') return false;
    return held === null || (held.sid === record.sid && held.gen === record.gen && held.gen >= lastGen);
  });
}

function isBehind({ life, place, held }: ModelTab, record: World['record']): boolean {
  if (life !== 'awake' || place !== 'attached') return false;
  return held === null ? record.sid !== null : held.sid !== record.sid || held.gen < record.gen;
}

function isUnsaved({ attempt }: ModelTab): boolean {
  return attempt?.phase === 'unsaved' || attempt?.phase === 'begun';
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
