import { REAL_RULES, type ProtocolRules } from './protocol-rules';
import { Successors } from './successors';
import type { Violation } from './violation';
import { firstWorld, type ModelSettings } from './world';

export interface Walk {
  readonly violation: Violation | null;
  readonly trace: readonly string[];
}

/** One way through worlds that are too many to see them all; each choice, below 1, picks one of the moves there are. */
export function walk(
  settings: ModelSettings,
  choices: readonly number[],
  rules: ProtocolRules = REAL_RULES,
): Walk {
  const successors = new Successors(settings, rules);
  const trace: string[] = [];
  let world = firstWorld(settings);
  for (const choice of choices) {
    const moves = successors.of(world);
    const move = moves[Math.floor(choice * moves.length)];
    if (move === undefined) break;
    trace.push(move.actor + move.name);
    if (move.violation !== null) return { violation: move.violation, trace };
    ({ world } = move);
  }
  return { violation: null, trace };
}
