import { ClaimMoves } from './claim-moves';
import { CommandMoves } from './command-moves';
import { CopyMoves } from './copy-moves';
import { EnvironmentMoves } from './environment-moves';
import { liveRecord } from '../../src/lib/core/session-record';
import { LookMoves } from './look-moves';
import { laggingCopy } from './model-copy';
import { ModelRecord } from './model-record';
import { costing, type Move } from './move';
import { OutcomeMoves } from './outcome-moves';
import type { ProtocolRules } from './protocol-rules';
import { violationIn } from './violation';
import { hasOwner, isUnlistedHeld, type ModelSettings, type ModelTab, type World } from './world';

export interface Successor extends Move {
  /** The tab that did it. Empty: time. */
  readonly actor: string;
}

/** Everything that can happen next, judged. */
export class Successors {
  private readonly claims: ClaimMoves;
  private readonly outcomes: OutcomeMoves;
  private readonly looks: LookMoves;
  private readonly commands: CommandMoves;
  private readonly copies: CopyMoves;
  private readonly environment: EnvironmentMoves;

  constructor(
    private readonly settings: ModelSettings,
    rules: ProtocolRules,
  ) {
    const record = new ModelRecord(rules, settings);
    this.claims = new ClaimMoves(rules, settings, record);
    this.outcomes = new OutcomeMoves(rules, settings, record);
    this.looks = new LookMoves(rules, settings, record);
    this.commands = new CommandMoves(rules, settings, record);
    this.copies = new CopyMoves(rules, settings, record);
    this.environment = new EnvironmentMoves(rules, settings, record, this.outcomes);
  }

  of(world: World): readonly Successor[] {
    const byTabs = world.tabs.flatMap((tab, index) => {
      const moves = [...this.byTab(world, index, tab), ...this.environment.of(world, index, tab)];
      return moves.flatMap((move) => [
        this.judged(move, `tab ${index} `),
        this.judged(lagging(world, move, index), `tab ${index} `),
      ]);
    });
    const byTime = this.environment.general(world).map((move) => this.judged(move, ''));
    return [...byTabs, ...byTime].filter((move) => move !== null);
  }

  /** What a tab does, one transaction or one task at a time. */
  private byTab(world: World, index: number, tab: ModelTab): readonly (Move | null)[] {
    const { held, attempt, ending, toCopy } = tab;
    if (tab.life !== 'awake') return [];
    const always = [this.looks.hear(world, index, tab), ...this.copies.places(world, index, tab)];
    if (toCopy !== null) return [...always, this.copies.write(world, index, tab, toCopy)];
    const own = [
      ...always,
      attempt === null ? null : this.outcomes.settle(world, index, tab, attempt),
      this.copies.agree(world, index, tab),
    ];
    if (ending !== null) return [...own, this.commands.end(world, index, ending)];
    const commands = this.commands.of(world, index, tab);
    if (tab.isStarting) return [...own, ...commands, this.looks.start(world, index)];
    // A sign-in that could not be stored yet: the record does not know of it, so a look would undo it.
    if (attempt?.phase === 'begun') return [...own, ...commands];
    if (tab.isSuspect) return [...own, ...commands, this.looks.verify(world, index)];
    return [
      ...own,
      ...commands,
      this.looks.look(world, index, tab),
      ...(attempt === null && held !== null ? this.claims.of(world, index, tab, held) : []),
    ];
  }

  private judged(move: Move | null, actor: string): Successor | null {
    if (move === null) return null;
    const world = forgetful(move.world);
    const violation = move.violation ?? violationIn(world, this.settings.hasHints);
    return { name: move.name, actor, world, violation };
  }
}

/** Other processes see a write to the copy later. */
function lagging(before: World, move: Move | null, index: number): Move | null {
  if (move === null || move.world.copy === before.copy) return null;
  const late = costing(move.world, 'lags', `${move.name}, which others see later`, (left) =>
    laggingCopy(before, left, index),
  );
  return late && { ...late, violation: move.violation };
}

/** What makes no difference any more: attempts that are over, and news of sessions not held. */
function forgetful(world: World): World {
  const listed = new Set(liveRecord(world.record)?.attempts.map(({ id }) => id));
  const isListed = (id: string) => listed.has(id);
  const isKnown = (id: string) => isListed(id) || hasOwner(world, id);
  return {
    ...world,
    aged: world.aged.every(isKnown) ? world.aged : world.aged.filter(isKnown),
    tabs: world.tabs.map((tab, index) => {
      const isNews = tab.news !== null && tab.news.sid === tab.held?.sid;
      const isWatched = (id: string) => isListed(id) || (id === 'unlisted' && isUnlistedHeld(world, index));
      if (isNews === (tab.news !== null) && tab.gone.every(isListed) && tab.overdue.every(isWatched))
        return tab;
      return {
        ...tab,
        news: isNews ? tab.news : null,
        gone: tab.gone.filter(isListed),
        overdue: tab.overdue.filter(isWatched),
      };
    }),
  };
}
