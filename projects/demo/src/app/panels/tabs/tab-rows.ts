import type { TabEvent } from '../../tabs/tabs';

/** A tab as the list shows it. */
export interface TabRow {
  readonly tab: number;
  readonly isOwn: boolean;
  readonly isOpen: boolean;
  /** How often this tab called Cognito with success. */
  readonly refreshes: number;
  readonly last: TabEvent | null;
}

/** The open tabs, and those that are gone but have refreshed. `events` are oldest first. Pure. */
export function tabRows(
  own: number | null,
  open: readonly number[],
  events: readonly TabEvent[],
): readonly TabRow[] {
  const refreshed = events.filter(({ type }) => type === 'tokenRefreshed');
  const numbers = new Set([...open, ...refreshed.map(({ tab }) => tab), ...(own === null ? [] : [own])]);
  return [...numbers]
    .sort((a, b) => a - b)
    .map((tab) => ({
      tab,
      isOwn: tab === own,
      isOpen: tab === own || open.includes(tab),
      refreshes: refreshed.filter((event) => event.tab === tab).length,
      last: events.filter((event) => event.tab === tab).at(-1) ?? null,
    }));
}
