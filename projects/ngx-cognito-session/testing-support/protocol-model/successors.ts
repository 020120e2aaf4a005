import { EnvironmentMoves } from './environment-moves';
import type { ProtocolRules } from './protocol-rules';
import { TabMoves, type Move } from './tab-moves';
import { violationIn } from './violation';
import type { ModelSettings, World } from './world';

export interface Successor extends Move {
  /** Who did it; empty: time. */
  readonly actor: string;
}

/** Everything that can happen next, judged. */
export class Successors {
  private readonly tabMoves: TabMoves;
  private readonly environment: EnvironmentMoves;

  constructor(settings: ModelSettings, rules: ProtocolRules) {
    this.tabMoves = new TabMoves(rules, settings);
    this.environment = new EnvironmentMoves(rules, settings);
  }

  of(world: World): readonly Successor[] {
    const byTabs = [...world.tabs.keys()].flatMap((index) =>
      [...this.tabMoves.of(world, index), ...this.environment.of(world, index)].map((move) =>
        judged(move, `tab ${index} `),
      ),
    );
    return [...byTabs, judged(this.environment.graceEnds(world), '')].filter((move) => move !== null);
  }
}

function judged(move: Move | null, actor: string): Successor | null {
  if (move === null) return null;
  const world = forgetful(move.world);
  return { name: move.name, actor, world, violation: move.violation ?? violationIn(world) };
}

/** Knowledge of attempts that are not open any more, and news of sessions not held, make no difference. */
function forgetful(world: World): World {
  const open = new Set(world.record.open.map(({ id }) => id));
  return {
    ...world,
    tabs: world.tabs.map((tab) => ({
      ...tab,
      news: tab.news === tab.held?.sid ? tab.news : null,
      gone: tab.gone.filter((id) => open.has(id)),
      overdue: tab.overdue.filter((id) => open.has(id)),
    })),
  };
}
