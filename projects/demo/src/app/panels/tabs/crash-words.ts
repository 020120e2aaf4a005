import type { TabRow } from './tab-rows';

/** A crash that was asked for, and the refreshes of the other tabs until then. */
export interface Crash {
  readonly tab: number;
  readonly refreshes: number;
}

/** How often tabs other than this one have refreshed. Pure. */
export function refreshesBeside(tab: number, rows: readonly TabRow[]): number {
  return rows.filter((row) => row.tab !== tab).reduce((sum, { refreshes }) => sum + refreshes, 0);
}

/** How far a crash has come. Pure. */
export function crashWords({ tab, refreshes }: Crash, rows: readonly TabRow[]): string {
  const crashed = `Tab ${tab} began a refresh, Cognito replaced the refresh token, and the tab was closed before the answer came.`;
  if (rows.some((row) => row.tab === tab && row.isOpen))
    return `Tab ${tab} begins a refresh, and is closed before the answer comes.`;
  return refreshesBeside(tab, rows) > refreshes
    ? `${crashed} Another tab saw that its lock is free and repeated the call within the grace period.`
    : `${crashed} No other tab has repeated the call yet.`;
}
