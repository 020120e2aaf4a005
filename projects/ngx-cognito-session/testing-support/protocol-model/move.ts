import type { Violation } from './violation';
import { spend, type Budget, type World } from './world';

/** One thing that can happen. */
export interface Move {
  readonly name: string;
  readonly world: World;
  readonly violation: Violation | null;
}

export function move(name: string, world: World, violation: Violation | null = null): Move {
  return { name, world, violation };
}

/** A move that uses up budget. `null`: there is none left, or nothing to do. */
export function costing(
  world: World,
  what: keyof Budget,
  name: string,
  change: (left: World) => World | null,
): Move | null {
  const left = spend(world, what);
  const next = left === null ? null : change(left);
  return next === null ? null : move(name, next);
}
