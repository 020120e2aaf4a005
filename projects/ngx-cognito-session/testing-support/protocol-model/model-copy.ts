import type { RecordCopy } from '../../src/lib/core/session-record';
import type { ModelTab, World } from './world';

/** What this tab reads from `localStorage`. */
export function visibleCopy({ copy, oldCopy }: World, { seesOldCopy }: ModelTab): RecordCopy | null {
  return seesOldCopy && oldCopy !== undefined ? oldCopy : copy;
}

/** All processes see it. An earlier write has arrived by then. */
export function writeCopy(world: World, copy: RecordCopy | null): World {
  const arrived = copyArrived(world);
  return isSameCopy(arrived.copy, copy) ? arrived : { ...arrived, copy };
}

/** The same write, which other processes see only later. */
export function laggingCopy(before: World, after: World, index: number): World {
  return {
    ...after,
    oldCopy: before.copy,
    tabs: after.tabs.map((tab, i) => (i === index ? tab : { ...tab, seesOldCopy: true })),
  };
}

export function copyArrived(world: World): World {
  if (world.oldCopy === undefined) return world;
  const tabs = world.tabs.map((tab) => (tab.seesOldCopy ? { ...tab, seesOldCopy: false } : tab));
  return { ...world, oldCopy: undefined, tabs };
}

export function isSameCopy(a: RecordCopy | null, b: RecordCopy | null): boolean {
  return (
    a === b ||
    (a !== null &&
      b !== null &&
      a.sid === b.sid &&
      a.gen === b.gen &&
      a.tokens.refreshToken === b.tokens.refreshToken &&
      a.tokens.accessToken === b.tokens.accessToken &&
      a.spare === b.spare &&
      a.ahead === b.ahead)
  );
}
