import type { AttemptKnowledge } from '../../src/lib/core/attempt-steps';
import type { LedgerReading, SessionLedger } from '../../src/lib/core/session-ledger';
import { REAL_RULES, type ProtocolRules } from './protocol-rules';

/** Plausible mistakes, each a protocol of its own: an exploration that lets one of them pass proves nothing. */

export const noReRead: ProtocolRules = {
  ...REAL_RULES,
  enter: (reading, claimant, knowledge) => {
    if (reading.type !== 'ledger' || reading.ledger.sid !== claimant.sid)
      return REAL_RULES.enter(reading, claimant, knowledge);
    const { id, gen, nowMs } = claimant;
    const next = { ...reading.ledger, open: [...reading.ledger.open, { id, gen, at: nowMs }] };
    return { next, result: { type: 'claimed', ledger: next } };
  },
};

export const noSidCheck: ProtocolRules = {
  ...REAL_RULES,
  commit: (reading, session, answer) =>
    REAL_RULES.commit(changed(reading, { sid: session.sid }), session, answer),
};

export const hintBeforeComplete: ProtocolRules = { ...REAL_RULES, storesBeforePublishing: false };

export const revokeOnSuperseded: ProtocolRules = { ...REAL_RULES, sparesLateAnswers: false };

export const signOutWithLivingAttempts: ProtocolRules = {
  ...REAL_RULES,
  enter: (reading, claimant, knowledge) =>
    REAL_RULES.enter(reading, claimant, isSpent(reading) ? nobodyLives(knowledge) : knowledge),
  refuse: (reading, attempt, reason, { mayLive: _ }) =>
    REAL_RULES.refuse(reading, attempt, reason, { mayLive: () => false }),
};

export const openAsSingleSlot: ProtocolRules = {
  ...REAL_RULES,
  enter: (reading, claimant, knowledge) => {
    const step = REAL_RULES.enter(reading, claimant, knowledge);
    if (step.result.type !== 'claimed') return step;
    const next = { ...step.result.ledger, open: step.result.ledger.open.slice(-1) };
    return { next, result: { type: 'claimed', ledger: next } };
  },
};

export const spentIgnoredByTakeover: ProtocolRules = {
  ...REAL_RULES,
  enter: (reading, claimant, knowledge) => {
    if (reading.type !== 'ledger' || !reading.ledger.open.some(knowledge.isOverdue))
      return REAL_RULES.enter(reading, claimant, knowledge);
    const { spent: _, ...unspent } = reading.ledger;
    return REAL_RULES.enter({ type: 'ledger', ledger: unspent }, claimant, knowledge);
  },
};

export const resumeWithoutReRead: ProtocolRules = { ...REAL_RULES, readsAfterSleep: false };

/** Found by this very exploration: a spare answer was used only by the refusal that came after it. */
export const spareIgnoredByLook: ProtocolRules = {
  ...REAL_RULES,
  enter: (reading, claimant, knowledge) => {
    if (reading.type !== 'ledger' || reading.ledger.spent === undefined)
      return REAL_RULES.enter(reading, claimant, knowledge);
    const { spare: _, ...spareless } = reading.ledger;
    return REAL_RULES.enter({ type: 'ledger', ledger: spareless }, claimant, knowledge);
  },
};

export const waitForTheDead: ProtocolRules = {
  ...REAL_RULES,
  enter: (reading, claimant, knowledge) =>
    REAL_RULES.enter(reading, claimant, { ...knowledge, mayLive: () => true }),
};

export const spareLeftBySignOut: ProtocolRules = {
  ...REAL_RULES,
  end: (reading, sid) => {
    const step = REAL_RULES.end(reading, sid);
    if (step.result === null) return step;
    const { spare: _, ...found } = step.result;
    return { ...step, result: found };
  },
};

function changed(reading: LedgerReading, change: Partial<SessionLedger>): LedgerReading {
  return reading.type === 'ledger' ? { type: 'ledger', ledger: { ...reading.ledger, ...change } } : reading;
}

function isSpent(reading: LedgerReading): boolean {
  return reading.type === 'ledger' && reading.ledger.spent !== undefined;
}

function nobodyLives(knowledge: AttemptKnowledge): AttemptKnowledge {
  return { ...knowledge, mayLive: () => false };
}
