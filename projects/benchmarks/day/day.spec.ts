import { provideZonelessChangeDetection } from '@angular/core';
import recorded from '../results/day.json';
import { fewestRefreshes, planDay } from './day-plan';
import type { DayCounts } from './live-day';
import { liveDays } from './live-days';

/** What an app would notice: more of any of these than `results/day.json` says is a change for the worse. */
const COUNTS = [
  'refreshes',
  'wakeUps',
  'changeDetections',
  'databaseReads',
  'databaseWrites',
  'storageReads',
  'storageWrites',
  'messages',
  'locks',
] as const satisfies readonly (keyof DayCounts)[];

describe('a day', () => {
  it.each([
    ['memory', 1],
    ['localStorage', 1],
    ['localStorage', 5],
  ] as const)('costs no more than the benchmark says, with %s in %i tab(s)', async (storage, tabs) => {
    const isThis = (
      day: Pick<(typeof recorded.days)[number], 'tabs' | 'storage' | 'night' | 'changeDetection'>,
    ) =>
      day.tabs === tabs &&
      day.storage === storage &&
      day.night === 'asleep' &&
      day.changeDetection === 'zoneless';
    const budget = recorded.days.find(isThis);

    const [day] = await liveDays(
      [{ storage, tabs, night: 'asleep' }],
      'zoneless',
      provideZonelessChangeDetection(),
    );

    const exceeded = COUNTS.filter((name) => !((day?.[name] ?? Infinity) <= (budget?.[name] ?? -1)));
    expect(exceeded.map((name) => `${name}: ${day?.[name]}, not ${budget?.[name]}`)).toEqual([]);
    expect(day).toMatchObject({ callsWithoutToken: 0, signedIn: tabs });
  });

  it('of a device that never sleeps needs a refresh an hour', () => {
    expect(fewestRefreshes(planDay('awake'), 3_600_000)).toBe(24);
  });

  it('needs no refresh while the device is asleep, and one afterwards', () => {
    expect(fewestRefreshes(planDay('asleep'), 3_600_000)).toBe(16);
  });
});
