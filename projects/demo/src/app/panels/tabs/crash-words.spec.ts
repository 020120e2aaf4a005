import { crashWords, refreshesBeside } from './crash-words';
import type { TabRow } from './tab-rows';

const row = (tab: number, more: Partial<TabRow> = {}): TabRow => ({
  tab,
  isOwn: tab === 1,
  isOpen: true,
  refreshes: 0,
  last: null,
  ...more,
});

it('says that another tab repeated the call once it has done so', () => {
  const rows = [row(1, { refreshes: 2 }), row(2, { refreshes: 1 }), row(3)];
  const crash = { tab: 2, refreshes: refreshesBeside(2, rows) };

  expect(crashWords(crash, rows)).toBe('Tab 2 begins a refresh, and is closed before the answer comes.');
  const gone = [row(1, { refreshes: 2 }), row(3)];
  expect(crashWords(crash, gone)).toContain('No other tab has repeated the call yet.');
  const repeated = [row(1, { refreshes: 2 }), row(3, { refreshes: 1 })];
  expect(crashWords(crash, repeated)).toContain('Another tab saw that its lock is free');
});
