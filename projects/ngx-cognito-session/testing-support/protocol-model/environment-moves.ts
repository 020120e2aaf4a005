import { liveRecord } from '../../src/lib/core/session-record';
import { endOldestGrace, redeem } from './cognito-model';
import { copyArrived, writeCopy } from './model-copy';
import type { ModelRecord } from './model-record';
import { costing, move, type Move } from './move';
import type { OutcomeMoves } from './outcome-moves';
import type { ProtocolRules } from './protocol-rules';
import { withExcused } from './revocation';
import {
  hasOwner,
  isUnlistedHeld,
  refreshTokenOf,
  startingTab,
  storedTokens,
  withTab,
  type ModelAttempt,
  type ModelSettings,
  type ModelTab,
  type World,
} from './world';

/** What happens to tabs: Cognito, the network, the browser, time. */
export class EnvironmentMoves {
  constructor(
    private readonly rules: ProtocolRules,
    private readonly settings: ModelSettings,
    private readonly record: ModelRecord,
    private readonly outcomes: OutcomeMoves,
  ) {}

  of(world: World, index: number, tab: ModelTab): readonly (Move | null)[] {
    const { attempt } = tab;
    const answers = attempt?.phase === 'out' ? this.answers(world, index, tab, attempt) : [];
    return [...answers, ...this.fates(world, index, tab)];
  }

  /** What time brings. */
  general(world: World): readonly (Move | null)[] {
    const tokens = endOldestGrace(world.tokens);
    return [
      tokens === null ? null : move('the grace ends', { ...world, tokens }),
      world.oldCopy === undefined ? null : move('the copy arrives', copyArrived(world)),
      ...unlockedIn(world).map((id) =>
        move('an attempt without a lock is 60 s old', { ...world, aged: [...world.aged, id].sort() }),
      ),
    ];
  }

  /** Cognito does its work, or the network does not. A write to the copy arrives sooner than an answer. */
  private answers(
    world: World,
    index: number,
    { life }: ModelTab,
    attempt: ModelAttempt,
  ): readonly (Move | null)[] {
    if (world.oldCopy !== undefined) return [];
    const answer = redeem(world.tokens, attempt.sent, this.settings);
    const got = answer.type === 'good' ? { token: answer.token } : {};
    const becomes = (from: World, phase: ModelAttempt['phase'], more: Partial<ModelAttempt> = {}) =>
      withTab(from, index, { attempt: life === 'crashed' ? null : { ...attempt, phase, ...more } });
    const serve = (from: World): World => ({ ...from, tokens: answer.tokens });
    const serveUnheard = (from: World) =>
      answer.type === 'good' ? withExcused(serve(from), answer.token) : serve(from);
    if (life === 'crashed')
      return [
        move('is answered, though crashed', becomes(serveUnheard(world), 'lost')),
        move('never reaches Cognito', becomes(world, 'lost')),
      ];
    return [
      move('is answered', becomes(serve(world), answer.type === 'good' ? 'good' : 'refused', got)),
      costing(world, 'faults', 'loses the connection', (left) => becomes(left, 'lost')),
      costing(world, 'faults', 'loses the answer', (left) => becomes(serveUnheard(left), 'lost')),
      costing(world, 'faults', 'gets HTTP 500', (left) => becomes(left, 'failed')),
      answer.type === 'good'
        ? costing(world, 'faults', 'gets an unusable answer', (left) => becomes(serve(left), 'unusable', got))
        : null,
    ];
  }

  /** Freeze, wake, crash, a page opened again, and what watchers learn of all that. */
  private fates(world: World, index: number, tab: ModelTab): readonly (Move | null)[] {
    switch (tab.life) {
      case 'crashed':
        return tab.attempt === null ? [move('is opened again', withTab(world, index, startingTab()))] : [];
      case 'frozen':
        return [
          move(
            'wakes',
            withTab(world, index, {
              life: 'awake',
              isSuspect: this.rules.readsAfterSleep && tab.held !== null,
              isHinted: this.settings.hasHints,
            }),
          ),
        ];
      case 'awake':
        return [
          costing(world, 'freezes', 'freezes', (left) =>
            withTab(left, index, { life: 'frozen', isHinted: false, look: null }),
          ),
          costing(world, 'crashes', 'crashes', (left) => crashed(left, index, tab)),
          ...this.refusedCommit(world, index, tab),
          ...(tab.attempt === null && !tab.isStarting ? this.watching(world, index, tab) : []),
        ];
    }
  }

  /** The tab goes on from memory, whether the transaction was carried out or not. */
  private refusedCommit(world: World, index: number, tab: ModelTab): readonly (Move | null)[] {
    const { attempt, held, place } = tab;
    if (attempt?.phase !== 'good' || held?.sid !== attempt.sid || place === 'detached') return [];
    const { sid, gen, since, id, token = attempt.sent } = attempt;
    const session = { sid, gen: gen + 1, since, tokens: storedTokens(token, id) };
    const goesOn = (from: World) => {
      const unsaved = withTab(from, index, { attempt: { ...attempt, phase: 'unsaved' }, held: session });
      return this.settings.hasCopy ? writeCopy(unsaved, { v: 1, ...session, ahead: true }) : unsaved;
    };
    return [
      costing(world, 'faults', 'cannot store', goesOn),
      costing(world, 'faults', 'is told wrongly that it cannot store', (left) => {
        const taken = this.record.take(left, index, 'commit', this.outcomes.commitStep(attempt));
        const isStored = taken.result === 'committed' && taken.world.record !== left.record;
        return isStored ? goesOn(withTab(taken.world, index, { toCopy: null })) : null;
      }),
    ];
  }

  /** A lock that is free is noticed some time later. An owner that keeps it for 20 s is overdue. */
  private watching(world: World, index: number, tab: ModelTab): readonly (Move | null)[] {
    const record = liveRecord(world.record, tab.held?.sid);
    if (record === null && tab.held === null) return [];
    const attempts = tab.place === 'detached' ? [] : (record?.attempts ?? []);
    const newest = attempts.filter(({ gen }) => gen === record?.gen).at(-1);
    const deaths = attempts
      .filter(({ id, locked }) => locked && !tab.gone.includes(id) && !hasOwner(world, id))
      .map(({ id }) =>
        move('sees an attempt dead', withTab(world, index, { gone: [...tab.gone, id].sort() })),
      );
    const watched = [
      ...(newest !== undefined && !tab.gone.includes(newest.id) && isAlive(world, newest) ? [newest.id] : []),
      ...(isUnlistedHeld(world, index) ? ['unlisted'] : []),
    ];
    const takeovers = watched
      .filter((id) => !tab.overdue.includes(id))
      .map((id) =>
        costing(world, 'takeovers', 'has watched for 20 s', (left) =>
          withTab(left, index, { overdue: [...tab.overdue, id].sort() }),
        ),
      );
    return [...deaths, ...takeovers];
  }
}

function isAlive(world: World, { id, locked }: { readonly id: string; readonly locked: boolean }): boolean {
  return locked ? hasOwner(world, id) : !world.aged.includes(id);
}

/** A tab that is awake gives up its call within 60 s, and the others that have no lock grow old. */
function unlockedIn({ record, tabs, aged }: World): readonly string[] {
  const attempts = liveRecord(record)?.attempts ?? [];
  return attempts
    .filter(({ id, locked }) => !locked && !aged.includes(id))
    .filter(({ id }) => !tabs.some(({ life, attempt }) => life === 'awake' && attempt?.id === id))
    .map(({ id }) => id);
}

/** What the page held is lost with it. A request on its way may still be answered. */
function crashed(world: World, index: number, { attempt, held, toCopy }: ModelTab): World {
  const lost = [
    attempt?.phase === 'good' || attempt?.phase === 'unsaved' || attempt?.phase === 'unusable'
      ? attempt.token
      : undefined,
    toCopy?.copy?.tokens.refreshToken,
    (attempt?.phase === 'published' || attempt?.phase === 'begun') && held ? refreshTokenOf(held) : undefined,
  ].filter((token) => token !== undefined);
  return withTab(lost.reduce(withExcused, world), index, {
    ...startingTab(),
    life: 'crashed',
    isStarting: false,
    attempt: attempt?.phase === 'out' ? attempt : null,
  });
}
