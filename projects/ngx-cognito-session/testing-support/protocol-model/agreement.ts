import { sessionOnRecord, withTab, type HeldSession, type ModelTab, type World } from './world';

/** A tab that has just read the record, or written it. */
export const AGREED = { isSuspect: false, hasMissedTheEnd: false };

/** Frozen tabs learn of the end only when they look. */
export function markMissed(world: World, sid: string): World {
  if (world.record.sid === sid) return world;
  return {
    ...world,
    tabs: world.tabs.map((tab) =>
      tab.life === 'frozen' && tab.held?.sid === sid ? { ...tab, hasMissedTheEnd: true } : tab,
    ),
  };
}

/** The tab agrees with the record afterwards; a session it has heard the end of is never taken over again. */
export function followed(world: World, index: number): World {
  const tab = world.tabs[index];
  if (tab === undefined) return world;
  const found = adoptable(world, tab);
  const isKnown = found !== null && found.sid === tab.held?.sid && found.gen <= tab.held.gen;
  return withTab(world, index, { held: isKnown ? tab.held : found, ...AGREED });
}

/** What this tab may take over; `null`: nobody is signed in, as far as it goes. */
export function adoptable({ record }: World, { held, news }: ModelTab): HeldSession | null {
  const found = held === null ? null : sessionOnRecord(record);
  return found === null || found.sid === news ? null : found;
}
