import type { Liveness } from '../../src/lib/core/refresh-steps';
import { liveRecord, type Attempt, type StoredSession } from '../../src/lib/core/session-record';
import { followed, hinted } from './looking';
import type { ModelRecord } from './model-record';
import { costing, move, type Move } from './move';
import type { ProtocolRules } from './protocol-rules';
import { violationOfClaim, violationOfEnd } from './violation';
import {
  isUnlistedHeld,
  withTab,
  type ModelAttempt,
  type ModelSettings,
  type ModelTab,
  type World,
} from './world';

/** Later than any back-off. */
const NOW_MS = 1e9;
const RETRY = { count: 1, delayMs: 0, maxBackoffMs: 0, backoffJitter: 0 };

/** Steps 1 and 2: a tab that wants to refresh the tokens it holds. */
export class ClaimMoves {
  constructor(
    private readonly rules: ProtocolRules,
    private readonly settings: ModelSettings,
    private readonly record: ModelRecord,
  ) {}

  of(world: World, index: number, tab: ModelTab, held: StoredSession): readonly (Move | null)[] {
    if (held.gen >= this.settings.lastGen) return [];
    if (tab.place === 'detached') {
      // The lock is exclusive: after 20 s this page goes on without it.
      const lock = isDetachedHeld(world) ? 'none' : 'detached';
      return [this.claim(world, index, tab, held, lock)];
    }
    return [
      this.claim(world, index, tab, held, 'attempt'),
      world.budget.lockless === 0 ? null : this.locklessClaim(world, index, tab, held),
    ];
  }

  private locklessClaim(world: World, index: number, tab: ModelTab, held: StoredSession): Move | null {
    const claimed = this.claim(world, index, tab, held, 'none');
    if (claimed?.name !== 'claims') return null;
    const paid = costing(claimed.world, 'lockless', 'claims without a lock', (left) => left);
    return paid && { ...paid, violation: claimed.violation };
  }

  /** Waiting changes nothing, so it is not a move. */
  private claim(
    world: World,
    index: number,
    tab: ModelTab,
    held: StoredSession,
    lock: ModelAttempt['lock'],
  ): Move | null {
    const id = freeId(world);
    const attempt: Attempt = { id, gen: held.gen, at: NOW_MS, locked: lock !== 'none' };
    const liveness = livenessOf(this.rules, world, index);
    const {
      world: after,
      result,
      violation,
    } = this.record.take(world, index, 'claim', (reading) =>
      this.rules.claim(reading, held, attempt, liveness, RETRY),
    );
    switch (result.type) {
      case 'claimed': {
        const { sid, gen, since, tokens } = result.record;
        const sent = tokens.refreshToken ?? '';
        const own: ModelAttempt = { id, sid, gen, since, sent, phase: 'out', lock };
        const overdue = tab.overdue.filter((other) => other !== 'unlisted');
        return move(
          'claims',
          hinted(
            withTab(after, index, { attempt: own, overdue, isSuspect: false }),
            index,
            this.settings.hasHints,
          ),
          violation ?? violationOfClaim(world, index, id, result.record),
        );
      }
      case 'changed': {
        const there = followed(after, index, this.record.look(after, index));
        const isSame = liveRecord(result.reading)?.sid === held.sid;
        return move(isSame ? 'adopts' : 'follows', there.world, violation ?? there.violation);
      }
      case 'ended':
        return move(
          'ends the session',
          hinted(withTab(after, index, { held: null }), index, this.settings.hasHints),
          violation ?? violationOfEnd(world, index, { sid: held.sid, own: null }, this.settings),
        );
      case 'wait':
      case 'pending':
      case 'backoff':
        return after.record === world.record ? null : move('waits', after, violation);
    }
  }
}

/** What this tab knows about attempts. */
export function livenessOf(
  { seesDetachedPages, waitsForUnlocked }: ProtocolRules,
  world: World,
  index: number,
): Liveness {
  const tab = world.tabs[index];
  const isUnlisted = seesDetachedPages && isUnlistedHeld(world, index);
  return {
    mayLive: ({ id, locked }) => {
      if (id === tab?.attempt?.id) return true;
      return tab?.gone.includes(id) !== true && (locked || (waitsForUnlocked && !world.aged.includes(id)));
    },
    isOverdue: ({ id }) => tab?.overdue.includes(id) === true,
    unlisted: isUnlisted ? { id: 'unlisted', gen: 0, at: NOW_MS, locked: true } : null,
  };
}

function isDetachedHeld({ tabs }: World): boolean {
  return tabs.some(({ life, attempt }) => life !== 'crashed' && attempt?.lock === 'detached');
}

/** The smallest that is not in use: as good as a random one, and the number of worlds stays finite. */
function freeId({ record, tabs }: World): string {
  const listed = liveRecord(record)?.attempts.map(({ id }) => id) ?? [];
  const used = new Set([...listed, ...tabs.map(({ attempt }) => attempt?.id)]);
  let n = 1;
  while (used.has(String(n))) n++;
  return String(n);
}
