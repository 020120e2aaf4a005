import type { RecordReading } from '../../src/lib/core/session-record';
import { livenessOf } from './claim-moves';
import { followed, hinted } from './looking';
import type { ModelRecord } from './model-record';
import { move, type Move } from './move';
import type { ProtocolRules } from './protocol-rules';
import { withRevoked } from './revocation';
import { signInOf } from './sign-in';
import { violationOfCommit, violationOfEnd, violationOfRevocation } from './violation';
import {
  storedTokens,
  withTab,
  type ModelAttempt,
  type ModelSettings,
  type ModelTab,
  type World,
} from './world';

/** Later than any back-off. */
const NOW_MS = 1e9;
const RETRY = { count: 1, delayMs: 0, maxBackoffMs: 0, backoffJitter: 0 };

/** Steps 4 to 6: what an answer of Cognito does to the record and to the tab. */
export class OutcomeMoves {
  constructor(
    private readonly rules: ProtocolRules,
    private readonly settings: ModelSettings,
    private readonly record: ModelRecord,
  ) {}

  settle(world: World, index: number, tab: ModelTab, attempt: ModelAttempt): Move | null {
    switch (attempt.phase) {
      case 'out':
        return null;
      case 'over':
        return move('releases its lock', this.closed(world, index));
      case 'begun':
        return this.storeSignIn(world, index, tab, attempt);
      case 'good':
        return this.rules.storesBeforePublishing || tab.held?.sid !== attempt.sid
          ? this.commit(world, index, tab, attempt)
          : this.publish(world, index, attempt, { ...attempt, phase: 'published' });
      case 'unsaved':
      case 'published':
        return this.commit(world, index, tab, attempt);
      case 'stored': {
        // The lock of a page without its database is held until all pages see what it wrote.
        if (attempt.lock === 'detached' && world.oldCopy !== undefined) return null;
        return tab.held?.sid === attempt.sid
          ? this.publish(world, index, attempt, null)
          : move('publishes', this.closed(world, index));
      }
      case 'refused':
        return this.refuse(world, index, attempt);
      case 'failed':
      case 'lost':
      case 'unusable':
        return this.fail(world, index, tab, attempt);
    }
  }

  private commit(world: World, index: number, tab: ModelTab, attempt: ModelAttempt): Move {
    const before = this.record.look(world, index);
    const taken = this.record.take(world, index, 'commit', this.commitStep(attempt));
    const { result } = taken;
    if (result === 'committed') {
      const isPublished = attempt.phase === 'unsaved' || attempt.phase === 'published';
      const isGone = tab.held?.sid !== attempt.sid;
      const stored = withTab(taken.world, index, { attempt: { ...attempt, phase: 'stored' } });
      const isChanged = taken.world.record !== world.record && tab.place !== 'detached';
      const broken = isChanged ? violationOfCommit(before, taken.world.record) : null;
      return move(
        'commits',
        isPublished || isGone ? this.closed(stored, index) : stored,
        taken.violation ?? broken,
      );
    }
    const closed = this.closed(taken.world, index);
    const after = followed(closed, index, this.record.look(closed, index));
    const name = result === 'gone' ? 'drops its answer' : 'comes second';
    const violation = taken.violation ?? after.violation;
    if (result === 'gone' || this.rules.sparesLateAnswers) return move(name, after.world, violation);
    const token = tokenOf(attempt);
    return move(
      name,
      withRevoked(after.world, token),
      violationOfRevocation(after.world, token) ?? violation,
    );
  }

  /** As a step, also for a commit that the storage refuses. */
  commitStep(attempt: ModelAttempt) {
    const { id, sid, gen, since } = attempt;
    const session = { sid, gen: gen + 1, since, tokens: storedTokens(tokenOf(attempt), id) };
    const answer = { attempt: id, rotated: this.settings.rotates };
    return (reading: RecordReading) => this.rules.commit(reading, session, answer);
  }

  private publish(world: World, index: number, from: ModelAttempt, attempt: ModelAttempt | null): Move {
    const { sid, gen, since, id } = from;
    const held = { sid, gen: gen + 1, since, tokens: storedTokens(tokenOf(from), id) };
    const after = withTab(world, index, { held, attempt });
    return move('publishes', hinted(after, index, this.settings.hasHints));
  }

  private storeSignIn(world: World, index: number, { held }: ModelTab, attempt: ModelAttempt): Move | null {
    const isCurrent = held?.sid === attempt.sid && held.gen === attempt.gen;
    if (!isCurrent) return move('does not store its sign-in', this.closed(world, index));
    const {
      world: after,
      result,
      violation,
    } = this.record.take(world, index, 'signIn', (reading) => signInOf(this.rules, reading, held, true));
    const closed = this.closed(after, index);
    const isStored = typeof result === 'object' && result.sid === attempt.sid;
    if (isStored) return move('stores its sign-in', closed, violation);
    const there = followed(closed, index, this.record.look(closed, index));
    return move('does not store its sign-in', there.world, violation ?? there.violation);
  }

  private refuse(world: World, index: number, attempt: ModelAttempt): Move {
    const { id, sid, gen, sent } = attempt;
    // Its own attempt cannot bring a good answer any more.
    const outcome = { sid, gen, id, nowMs: NOW_MS };
    const refusal = { sent, reason: 'refreshTokenExpired' } as const;
    const liveness = livenessOf(this.rules, world, index);
    const {
      world: after,
      result,
      violation,
    } = this.record.take(world, index, 'refusal', (reading) =>
      this.rules.refuse(reading, outcome, refusal, liveness),
    );
    const closed = this.closed(after, index);
    switch (result.type) {
      case 'outdated': {
        const there = followed(closed, index, this.record.look(closed, index));
        return move('is refused, with an old token', there.world, violation ?? there.violation);
      }
      case 'ended':
        return move(
          'is refused and ends the session',
          withTab(closed, index, { held: null }),
          violationOfEnd(world, index, { sid, own: id }, this.settings) ?? violation,
        );
      case 'pending':
        return move('is refused and waits', closed, violation);
    }
  }

  private fail(world: World, index: number, { gone }: ModelTab, attempt: ModelAttempt): Move {
    const { id, sid, gen, phase, token } = attempt;
    const failure = {
      code: phase === 'unusable' ? 'invalidResponse' : 'networkError',
      isOutcomeUnknown: phase === 'lost',
      refreshToken: this.settings.rotates ? token : undefined,
      retry: RETRY,
      graceMs: 0,
      random: 0,
    } as const;
    const outcome = { sid, gen, id, nowMs: 0 };
    const {
      world: after,
      result,
      violation,
    } = this.record.take(world, index, 'failure', (reading) => this.rules.fail(reading, outcome, failure));
    // If its id stays in the record, this tab knows that it is over.
    const closed = withTab(this.closed(after, index), index, { gone: [...gone, id].sort() });
    const there =
      result === null
        ? followed(closed, index, this.record.look(closed, index))
        : { world: closed, violation: null };
    return move('fails', there.world, violation ?? there.violation);
  }

  /** The lock is released once the copy is written, too. */
  private closed(world: World, index: number): World {
    const tab = world.tabs[index];
    return tab?.attempt && tab.toCopy !== null
      ? withTab(world, index, { attempt: { ...tab.attempt, phase: 'over' } })
      : hinted(withTab(world, index, { attempt: null }), index, this.settings.hasHints);
  }
}

function tokenOf({ token, sent }: ModelAttempt): string {
  return token ?? sent;
}
