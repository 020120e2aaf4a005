import type { Liveness } from '../../src/lib/core/refresh-steps';
import { liveRecord, recordOf, type LiveRecord, type RecordReading } from '../../src/lib/core/session-record';
import type { SignOutMarker } from '../../src/lib/core/sign-out-marker';
import { REAL_RULES, type ProtocolRules } from './protocol-rules';

/** Plausible mistakes, each a protocol of its own. An exploration that lets one of them pass proves nothing. */

export const noReRead: ProtocolRules = {
  ...REAL_RULES,
  claim: (reading, held, attempt, liveness, retry) => {
    const record = liveRecord(reading, held.sid);
    if (record?.gen !== held.gen) return REAL_RULES.claim(reading, held, attempt, liveness, retry);
    const next = { ...record, attempts: [...record.attempts, attempt] };
    return { next, result: { type: 'claimed', record: next } };
  },
};

export const noSidCheck: ProtocolRules = {
  ...REAL_RULES,
  commit: (reading, session, answer) => {
    const record = liveRecord(reading);
    return REAL_RULES.commit(record ? { ...record, sid: session.sid } : reading, session, answer);
  },
};

export const hintBeforeComplete: ProtocolRules = { ...REAL_RULES, storesBeforePublishing: false };

export const revokeOnSuperseded: ProtocolRules = { ...REAL_RULES, sparesLateAnswers: false };

export const endWithLivingAttempts: ProtocolRules = {
  ...REAL_RULES,
  claim: (reading, held, attempt, liveness, retry) => {
    const isRefused = liveRecord(reading)?.refused !== undefined;
    return REAL_RULES.claim(reading, held, attempt, isRefused ? allDead(liveness) : liveness, retry);
  },
  refuse: (reading, outcome, refusal, liveness) =>
    REAL_RULES.refuse(reading, outcome, refusal, allDead(liveness)),
};

export const attemptsAsSingleSlot: ProtocolRules = {
  ...REAL_RULES,
  claim: (...args) => {
    const step = REAL_RULES.claim(...args);
    if (step.result.type !== 'claimed') return step;
    const { record } = step.result;
    const next = { ...record, attempts: record.attempts.slice(-1) };
    return { next, result: { type: 'claimed', record: next } };
  },
};

export const refusedIgnoredByTakeover: ProtocolRules = {
  ...REAL_RULES,
  claim: (reading, held, attempt, liveness, retry) => {
    const isTakeover = liveRecord(reading)?.attempts.some(liveness.isOverdue) === true;
    const seen = isTakeover ? without(reading, 'refused') : reading;
    return REAL_RULES.claim(seen, held, attempt, liveness, retry);
  },
};

export const resumeWithoutReRead: ProtocolRules = { ...REAL_RULES, readsAfterSleep: false };

export const noSecondLook: ProtocolRules = { ...REAL_RULES, looksAgain: false };

export const starWithoutTime: ProtocolRules = {
  ...REAL_RULES,
  honour: (reading, markers) => REAL_RULES.honour(reading, markers.map(timeless)),
  honouring: (step, markers) => REAL_RULES.honouring(step, markers.map(timeless)),
  end: (reading, target, nowMs, options) =>
    REAL_RULES.end(reading, 'before' in target ? { before: Infinity } : target, nowMs, options),
};

export const aheadNotMergedBeforeEnd: ProtocolRules = {
  ...REAL_RULES,
  mergesBefore: (kind) => kind !== 'refusal' && kind !== 'signOut',
};

export const noMarker: ProtocolRules = { ...REAL_RULES, leavesMarkers: false };

export const markersIgnoredByLooks: ProtocolRules = { ...REAL_RULES, honour: (reading) => reading };

export const markersIgnoredBySteps: ProtocolRules = { ...REAL_RULES, honouring: (step) => step };

export const markerRemovedBeforeCopy: ProtocolRules = { ...REAL_RULES, removesCopyFirst: false };

export const blindWriteOfCopy: ProtocolRules = { ...REAL_RULES, writesOverWhatItSaw: false };

export const detachedLockIgnored: ProtocolRules = { ...REAL_RULES, seesDetachedPages: false };

export const unlockedTakenForDead: ProtocolRules = { ...REAL_RULES, waitsForUnlocked: false };

export const waitForTheDead: ProtocolRules = {
  ...REAL_RULES,
  claim: (reading, held, attempt, liveness, retry) =>
    REAL_RULES.claim(reading, held, attempt, { ...liveness, mayLive: () => true }, retry),
};

/** Those below were mistakes of earlier versions of the steps, and were found by this exploration. */

export const spareIgnoredByClaim: ProtocolRules = {
  ...REAL_RULES,
  claim: (reading, ...rest) => {
    const isRefused = liveRecord(reading)?.refused !== undefined;
    return REAL_RULES.claim(isRefused ? without(reading, 'spare') : reading, ...rest);
  },
};

export const spareLeftBySignOut: ProtocolRules = {
  ...REAL_RULES,
  honouring:
    (step, ...rest) =>
    (reading) =>
      REAL_RULES.honouring(step, ...rest)(without(reading, 'spare')),
};

export const spareClearedByCommit: ProtocolRules = {
  ...REAL_RULES,
  commit: (reading, session, answer) => {
    const isNext = (liveRecord(reading)?.gen ?? session.gen) < session.gen;
    return REAL_RULES.commit(isNext ? without(reading, 'spare') : reading, session, answer);
  },
};

export const unusableAnswerForgotten: ProtocolRules = {
  ...REAL_RULES,
  fail: (reading, outcome, { refreshToken: _forgotten, ...failure }) =>
    REAL_RULES.fail(reading, outcome, failure),
};

export const signInRetriedBlindly: ProtocolRules = {
  ...REAL_RULES,
  signIn: (reading, session, claimsOf, isWanted) => {
    if (liveRecord(reading)?.sid !== session.sid)
      return REAL_RULES.signIn(reading, session, claimsOf, isWanted);
    const next = recordOf({ ...session, gen: 1 });
    return { next, result: next };
  },
};

export const signInRetriedAfterItsEnd: ProtocolRules = {
  ...REAL_RULES,
  signIn: (reading, session, claimsOf, isWanted) =>
    REAL_RULES.signIn(liveRecord(reading) === null ? 'none' : reading, session, claimsOf, isWanted),
};

function allDead(liveness: Liveness): Liveness {
  return { ...liveness, mayLive: () => false, unlisted: null };
}

function without(reading: RecordReading, field: 'refused' | 'spare'): RecordReading {
  const record = liveRecord(reading);
  if (record === null) return reading;
  const { [field]: _left, ...rest }: LiveRecord = record;
  return rest;
}

function timeless(marker: SignOutMarker): SignOutMarker {
  return marker.sid === '*' ? { ...marker, at: Infinity } : marker;
}
