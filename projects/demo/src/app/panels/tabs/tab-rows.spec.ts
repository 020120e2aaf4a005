import type { TabEvent } from '../../tabs/tabs';
import { tabRows } from './tab-rows';

const event = (tab: number, at: number, type: TabEvent['type'] = 'tokenRefreshed'): TabEvent => ({
  tab,
  at,
  type,
});

describe('tabRows', () => {
  it('counts the refreshes of each open tab', () => {
    const rows = tabRows(1, [1, 2], [event(1, 1, 'signedIn'), event(2, 2), event(2, 3)]);

    expect(rows).toMatchObject([
      { tab: 1, isOwn: true, isOpen: true, refreshes: 0, last: { type: 'signedIn' } },
      { tab: 2, isOwn: false, isOpen: true, refreshes: 2, last: { at: 3 } },
    ]);
  });

  it('keeps a tab that is gone if it has refreshed, and forgets one that has not', () => {
    const rows = tabRows(1, [1], [event(2, 1), event(3, 2, 'sessionRestored')]);

    expect(rows.map(({ tab, isOpen }) => [tab, isOpen])).toEqual([
      [1, true],
      [2, false],
    ]);
  });

  it('shows the own tab before the browser has listed the open ones', () => {
    expect(tabRows(4, [], [])).toMatchObject([{ tab: 4, isOwn: true, isOpen: true, last: null }]);
  });
});
