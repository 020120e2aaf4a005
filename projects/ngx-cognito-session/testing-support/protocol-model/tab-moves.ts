import type { AttemptKnowledge } from '../../src/lib/core/attempt-steps';
import type { LedgerStep } from '../../src/lib/core/ledger-steps';
import type { SessionLedger } from '../../src/lib/core/session-ledger';
import { adoptable, AGREED, followed, markMissed } from './agreement';
import type { ProtocolRules } from './protocol-rules';
import { withRevocation, withRevoked } from './revocation';
import {
  violationOfClaim,
  violationOfCommit,
  violationOfEnd,
  violationOfRevocation,
  violationOfStep,
  type Violation,
} from './violation';
import {
  readingOf,
  storedTokens,
  withTab,
  type HeldSession,
  type ModelAttempt,
  type ModelSettings,
  type ModelTab,
  type World,
} from './world';

export interface Move {
  readonly name: string;
  readonly world: World;
  readonly violation: Violation | null;
}

/** Later than any back-off: a tab that looks earlier leaves everything as it is. */
const NOW_MS = 1e9;
const RETRY = { count: 1, delayMs: 0, maxBackoffMs: 0, backoffJitter: 0 };

/** What a tab does by itself, one transaction or one task at a time: the lifecycle, told shortly, around the real steps. */
export class TabMoves {
  constructor(
    private readonly rules: ProtocolRules,
    private readonly settings: ModelSettings,
  ) {}

  of(world: World, index: number): readonly (Move | null)[] {
    const tab = world.tabs[index];
    if (tab?.life !== 'awake') return [];
    const { attempt, held, ending } = tab;
    if (ending !== null) return [this.endTransaction(world, index, ending)];
    const own = attempt === null ? [] : [this.settle(world, index, tab, attempt)];
    if (tab.isSuspect) return [...own, this.verify(world, index)];
    const mayEnter = attempt === null && held !== null && held.gen < this.settings.lastGen;
    return [
      ...own,
      attempt === null ? this.look(world, index, tab) : null,
      mayEnter ? this.enter(world, index, tab, held) : null,
    ];
  }

  /** Steps 1 and 2. Waiting changes nothing, so it is no move. */
  private enter(world: World, index: number, tab: ModelTab, held: HeldSession): Move | null {
    const id = freeId(world);
    const { sid, gen } = held;
    const claimant = { sid, gen, id, nowMs: NOW_MS, retry: RETRY };
    const step = this.rules.enter(readingOf(world), claimant, knowledgeOf(tab));
    const after = applied(world, step);
    switch (step.result.type) {
      case 'claimed': {
        const sent = step.result.ledger.tokens?.refreshToken ?? held.token;
        const attempt: ModelAttempt = { id, sid, gen, sent, phase: 'out' };
        return {
          name: 'claims',
          world: withTab(after, index, { attempt }),
          violation: violationOfClaim(world, tab, id, sent) ?? violationOfStep(world, after),
        };
      }
      case 'newer':
        return { name: 'adopts', world: followed(after, index), violation: null };
      case 'gone':
        return { name: 'follows', world: followed(after, index), violation: null };
      case 'ended':
        return {
          name: 'ends the session',
          world: withTab(after, index, { held: null }),
          violation: violationOfEnd(world, null, this.settings),
        };
      case 'older':
        throw new Error('The record of the model never forgets a generation.');
      default:
        return null;
    }
  }

  /** Nobody needs to renew: a hint, a poll or a wake-up makes the tab read the record. */
  private look(world: World, index: number, { held }: ModelTab): Move | null {
    const { record } = world;
    if (held === null || (held.sid === record.sid && held.gen >= record.gen)) return null;
    return { name: 'looks', world: followed(world, index), violation: null };
  }

  private verify(world: World, index: number): Move {
    return { name: 'reads after sleep', world: followed(world, index), violation: null };
  }

  /** Steps 4 to 6, and what comes after them. */
  private settle(world: World, index: number, tab: ModelTab, attempt: ModelAttempt): Move | null {
    if (attempt.phase === 'out') return null;
    if (attempt.phase === 'published') return this.commit(world, index, tab, attempt);
    if (tab.held?.sid !== attempt.sid) return this.drop(world, index, attempt);
    switch (attempt.phase) {
      case 'good':
        return this.rules.storesBeforePublishing
          ? this.commit(world, index, tab, attempt)
          : this.publish(world, index, attempt, { attempt: { ...attempt, phase: 'published' } });
      case 'unsaved':
        return this.commit(world, index, tab, attempt);
      case 'stored':
        return this.publish(world, index, attempt, { attempt: null });
      case 'refused':
        return this.refuse(world, index, tab, attempt);
      case 'failed':
      case 'lost':
        return this.fail(world, index, tab, attempt);
    }
  }

  private commit(world: World, index: number, tab: ModelTab, attempt: ModelAttempt): Move {
    const token = tokenOf(attempt);
    const gen = attempt.gen + 1;
    const session = { sid: attempt.sid, gen, tokens: storedTokens(token, attempt.id) };
    const step = this.rules.commit(readingOf(world), session, {
      attempt: attempt.id,
      rotated: this.settings.rotates,
    });
    const after = applied(world, step);
    const isPublished = attempt.phase === 'unsaved' || attempt.phase === 'published';
    switch (step.result.type) {
      case 'committed':
        return {
          name: 'commits',
          world: withTab(after, index, { attempt: isPublished ? null : { ...attempt, phase: 'stored' } }),
          violation:
            violationOfStep(world, after) ?? (step.next === null ? null : violationOfCommit(world, after)),
        };
      case 'superseded': {
        const dropped = step.result.dropped?.refreshToken;
        const inUse = [after.record.tokens?.refreshToken, token];
        const left = withTab(after, index, { attempt: null, held: adoptable(after, tab), ...AGREED });
        const toRevoke = [
          ...(dropped !== undefined && !inUse.includes(dropped) ? [dropped] : []),
          ...(this.rules.sparesLateAnswers ? [] : [token]),
        ];
        const broken = toRevoke
          .map((each) => violationOfRevocation(left, each))
          .find((found) => found !== null);
        return {
          name: 'comes second',
          world: toRevoke.reduce(withRevoked, left),
          violation: violationOfStep(world, after) ?? broken ?? null,
        };
      }
      case 'gone':
        return this.drop(followed(world, index), index, attempt);
    }
  }

  private publish(world: World, index: number, attempt: ModelAttempt, change: Partial<ModelTab>): Move {
    const held = { sid: attempt.sid, gen: attempt.gen + 1, token: tokenOf(attempt) };
    return { name: 'publishes', world: withTab(world, index, { held, ...change }), violation: null };
  }

  /** The session ended while Cognito was answering. Only a refresh token that the answer brought may be revoked. */
  private drop(world: World, index: number, { token }: ModelAttempt): Move {
    const after = withTab(world, index, { attempt: null });
    const isOurs = this.settings.rotates && token !== undefined && world.tabs[index]?.held?.token !== token;
    return {
      name: 'drops its answer',
      world: isOurs ? withRevocation(after, token) : after,
      violation: null,
    };
  }

  private refuse(world: World, index: number, tab: ModelTab, attempt: ModelAttempt): Move {
    const step = this.rules.refuse(readingOf(world), attempt, 'refreshTokenExpired', knowledgeOf(tab));
    const after = withTab(applied(world, step), index, { attempt: null });
    const violation = violationOfStep(world, after);
    switch (step.result.type) {
      case 'outdated':
        return { name: 'is refused, with an old token', world: followed(after, index), violation };
      case 'ended':
        return {
          name: 'is refused and ends the session',
          world: withTab(after, index, { held: null }),
          violation: violationOfEnd(world, attempt.id, this.settings) ?? violation,
        };
      case 'spare':
        return { name: 'is refused and takes the spare answer', world: after, violation };
      case 'pending':
      case 'unsure':
        return { name: 'is refused and waits', world: after, violation };
    }
  }

  private fail(world: World, index: number, { gone }: ModelTab, attempt: ModelAttempt): Move {
    const step = this.rules.fail(readingOf(world), attempt, {
      kind: 'networkError',
      isOutcomeUnknown: attempt.phase === 'lost',
      retry: RETRY,
      graceMs: 0,
      nowMs: 0,
      random: 0,
    });
    // What stays open of it is known to be over.
    const after = withTab(applied(world, step), index, {
      attempt: null,
      gone: [...gone, attempt.id].sort(),
    });
    return {
      name: 'fails',
      world: step.result === null ? followed(after, index) : after,
      violation: violationOfStep(world, after),
    };
  }

  /** The rest of a sign-out: whatever is found in the record is revoked. */
  private endTransaction(world: World, index: number, sid: string): Move {
    const step = this.rules.end(readingOf(world), [sid]);
    const after = withTab(markMissed(applied(world, step), sid), index, { ending: null });
    const found = [step.result?.tokens?.refreshToken, step.result?.spare?.refreshToken];
    return {
      name: 'stores the sign-out',
      world: found.reduce<World>(
        (left, token) => (token === undefined ? left : withRevoked(left, token)),
        after,
      ),
      violation: violationOfStep(world, after),
    };
  }
}

function applied<T>(world: World, { next }: LedgerStep<T>): World {
  return next === null ? world : { ...world, record: compact(next) };
}

/** The back-off is left out: all look when it is over. */
function compact({ fail: _fail, ...record }: SessionLedger): SessionLedger {
  return record;
}

function knowledgeOf({ attempt, gone, overdue }: ModelTab): AttemptKnowledge {
  return {
    mayLive: ({ id }) => id === attempt?.id || !gone.includes(id),
    isOverdue: ({ id }) => overdue.includes(id),
  };
}

/** The smallest that nobody remembers: as good as a random one, and the number of worlds stays finite. */
function freeId({ record, tabs }: World): string {
  const used = new Set([...record.open.map(({ id }) => id), ...tabs.map(({ attempt }) => attempt?.id)]);
  let n = 1;
  while (used.has(String(n))) n++;
  return String(n);
}

function tokenOf({ token, sent }: ModelAttempt): string {
  return token ?? sent;
}
