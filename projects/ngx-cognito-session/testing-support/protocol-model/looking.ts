import {
  copyOf,
  liveRecord,
  type RecordReading,
  type StoredSession,
} from '../../src/lib/core/session-record';
import { violationOfAdoption, type Violation } from './violation';
import { withTab, type ModelTab, type World } from './world';

export interface Followed {
  readonly world: World;
  readonly violation: Violation | null;
}

/** The tab agrees with the reading afterwards. */
export function followed(
  world: World,
  index: number,
  reading: RecordReading,
  signedOut = world.signedOut,
): Followed {
  const tab = world.tabs[index];
  if (tab === undefined) return { world, violation: null };
  const held = sessionAfter(tab, reading);
  const isNew = held !== null && held !== tab.held;
  return {
    world: withTab(world, index, { held, isSuspect: false, hasMissedTheEnd: false }),
    violation: isNew ? violationOfAdoption(world, index, { sid: held.sid, signedOut }) : null,
  };
}

/** Whether a look would change anything. */
export function isNews(tab: ModelTab, reading: RecordReading): boolean {
  return sessionAfter(tab, reading) !== tab.held;
}

/** As `reconcile` decides it. */
function sessionAfter({ held }: ModelTab, reading: RecordReading): StoredSession | null {
  const found = liveRecord(reading);
  if (found === null) return null;
  if (held?.sid !== found.sid || held.gen < found.gen) return sessionIn(found);
  const isSame = held.gen > found.gen || held.tokens.refreshToken === found.tokens.refreshToken;
  return isSame ? held : sessionIn(found);
}

export function sessionIn(session: StoredSession): StoredSession {
  const { sid, gen, tokens, since } = copyOf(session);
  return { sid, gen, tokens, since };
}

/** All other tabs hear that the record has changed. A frozen tab looks anyway when it wakes up. */
export function hinted(world: World, index: number, hasHints: boolean): World {
  if (!hasHints) return world;
  return {
    ...world,
    tabs: world.tabs.map((tab, i) =>
      i === index || tab.life !== 'awake' || tab.isHinted ? tab : { ...tab, isHinted: true },
    ),
  };
}
