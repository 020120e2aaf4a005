import { REAL_RULES, type ProtocolRules } from './protocol-rules';
import { firstStuck, type Edges } from './stuck-world';
import { Successors } from './successors';
import { isAtRest, type Violation } from './violation';
import { firstWorld, type ModelSettings, type World } from './world';
import { WorldKeys } from './world-key';

export interface Exploration {
  /** `null`: every world that can be reached keeps every promise. */
  readonly violation: Violation | null;
  /** The shortest way to the violation. */
  readonly trace: readonly string[];
  readonly worlds: number;
  /** What was done on the ways seen, without saying by whom. */
  readonly moves: ReadonlySet<string>;
}

/** Breadth first over all interleavings, so that the first violation found is one of the shortest. */
export function explore(settings: ModelSettings, rules: ProtocolRules = REAL_RULES): Exploration {
  const successors = new Successors(settings, rules);
  const first = firstWorld(settings);
  const keys = new WorldKeys();
  const known = new Map<string, number>([[keys.of(first), 0]]);
  const names: string[] = [''];
  const parents: number[] = [-1];
  const edges: Edges = { from: [], to: [] };
  const rests: number[] = [];
  const moves = new Set<string>();
  const found = (violation: Violation | null, at: number, last: readonly string[] = []): Exploration => {
    const trace = [...last];
    for (let i = at; i > 0; i = parents[i] ?? 0) trace.unshift(names[i] ?? '');
    return { violation, trace, worlds: known.size, moves };
  };
  let frontier: (readonly [World, number])[] = [[first, 0]];
  while (frontier.length > 0) {
    const next: (readonly [World, number])[] = [];
    for (const [world, at] of frontier) {
      if (isAtRest(world, settings)) rests.push(at);
      for (const { actor, name, world: reached, violation } of successors.of(world)) {
        moves.add(name);
        if (violation !== null) return found(violation, at, [actor + name]);
        const key = keys.of(reached);
        const to = known.get(key) ?? known.size;
        if (to === known.size) {
          known.set(key, to);
          names.push(actor + name);
          parents.push(at);
          next.push([reached, to]);
        }
        edges.from.push(at);
        edges.to.push(to);
      }
    }
    frontier = next;
  }
  const stuck = firstStuck(known.size, edges, rests);
  return stuck === null ? found(null, 0) : found('deadlock', stuck);
}
