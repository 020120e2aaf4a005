import type { Table } from '../markdown';
import type { DayCounts } from './live-day';
import type { DayResults, LivedDay } from './results';

const COLUMNS: readonly (readonly [head: string, value: (counts: DayCounts) => number])[] = [
  ['refreshes', ({ refreshes }) => refreshes],
  ['wake-ups', ({ wakeUps }) => wakeUps],
  ['change detections', ({ changeDetections }) => changeDetections],
  ['IndexedDB reads', ({ databaseReads }) => databaseReads],
  ['IndexedDB writes', ({ databaseWrites }) => databaseWrites],
  ['localStorage reads', ({ storageReads }) => storageReads],
  ['localStorage writes', ({ storageWrites }) => storageWrites],
  ['messages', ({ messages }) => messages],
  ['lock requests', ({ locks }) => locks],
];

const describeDay = ({ storage, tabs, night, changeDetection }: LivedDay): string =>
  [
    storage,
    `${tabs} tab${tabs === 1 ? '' : 's'}`,
    ...(night === 'awake' ? ['never asleep'] : []),
    ...(changeDetection === 'zone.js' ? ['zone.js'] : []),
  ].join(', ');

const countsOf = (counts: DayCounts) => COLUMNS.map(([, value]) => value(counts).toLocaleString('en-US'));

/** What a day costs, all tabs together. */
export function dayTable({ days, fewestRefreshes }: DayResults): Table {
  return [
    ['a day with', 'fewest refreshes possible', ...COLUMNS.map(([head]) => head)],
    ...days.map((day) => [describeDay(day), String(fewestRefreshes[day.night]), ...countsOf(day)]),
  ];
}

/** The same day in one tab with more and more subscribers. */
export function growthTable({ growth }: DayResults): Table {
  const kinds = Object.keys(growth[0]?.values ?? {});
  return [
    [
      'subscribers of each kind',
      ...COLUMNS.map(([head]) => head),
      ...kinds.map((kind) => `values per subscriber of ${kind}`),
    ],
    ...growth.map(({ subscribers, values, ...counts }) => [
      subscribers.toLocaleString('en-US'),
      ...countsOf(counts),
      ...kinds.map((kind) => String(values[kind])),
    ]),
  ];
}

/** What a subscriber holds. */
export function heapTable({ heap }: DayResults): Table {
  return [
    ['subscriber of', 'heap, bytes', 'without the library, bytes', 'ratio'],
    ...heap.map(({ kind, bytes, floorBytes }) => [
      kind,
      bytes.toLocaleString('en-US'),
      floorBytes.toLocaleString('en-US'),
      (bytes / floorBytes).toFixed(1),
    ]),
  ];
}
