import './node-page';
import { effect, provideZonelessChangeDetection, signal } from '@angular/core';
import { BehaviorSubject } from 'rxjs';
import { withLocalStorage } from '../../ngx-cognito-session/src/public-api';
import type { CountedPage } from './counted-page';
import { KINDS, Subscribers, type Kind } from './growth';
import { liveDay } from './live-day';
import { liveDays, type DayKind } from './live-days';
import type { DayResults, GrownDay, SubscriberHeap } from './results';

const SUBSCRIBERS = [1, 100, 10_000] as const;
const MANY = 10_000;

const DAYS: readonly DayKind[] = [
  { storage: 'memory', tabs: 1, night: 'asleep' },
  { storage: 'localStorage', tabs: 1, night: 'asleep' },
  { storage: 'localStorage', tabs: 1, night: 'awake' },
  { storage: 'localStorage', tabs: 5, night: 'asleep' },
  { storage: 'localStorage', tabs: 20, night: 'asleep' },
];

const changeDetection = provideZonelessChangeDetection();
const local = () => [withLocalStorage()];

/** Bytes in use after everything that can go has gone. */
function heap(): number {
  if (gc === undefined) throw new Error('Node needs --expose-gc.');
  gc();
  gc();
  return process.memoryUsage().heapUsed;
}

interface Grown {
  readonly day: GrownDay;
  readonly heap: ReadonlyMap<Kind, number>;
}

async function grow(subscribers: number): Promise<Grown> {
  const perKind = new Map<Kind, number>();
  let all: Subscribers | undefined;
  const onStart = (page: CountedPage) => {
    all = new Subscribers(page);
    for (const kind of KINDS) {
      const start = heap();
      all.add(kind, subscribers);
      perKind.set(kind, (heap() - start) / subscribers);
    }
  };
  const counts = await liveDay({
    tabs: 1,
    night: 'asleep',
    features: local,
    changeDetection,
    onStart,
    onEnd: () => all?.end(),
  });
  const values = Object.entries(all?.values ?? {}).map(([kind, count]) => [kind, count / subscribers]);
  return {
    day: { ...counts, subscribers, values: Object.fromEntries(values) as GrownDay['values'] },
    heap: perKind,
  };
}

/** The least that a subscriber of a stream and a reader of a signal hold. */
async function floors(): Promise<Readonly<Record<Kind, number>>> {
  const subject = new BehaviorSubject(0);
  const ends: (() => void)[] = [];
  let values = 0;
  const start = heap();
  for (let at = 0; at < MANY; at++) {
    const subscription = subject.subscribe(() => values++);
    ends.push(() => subscription.unsubscribe());
  }
  const stream = (heap() - start) / MANY;
  let reader = 0;
  const user = signal(0);
  await liveDay({
    tabs: 1,
    night: 'asleep',
    features: local,
    changeDetection,
    onStart: ({ app: { injector } }) => {
      const before = heap();
      for (let at = 0; at < MANY; at++) {
        const ref = effect(
          () => {
            user();
            values++;
          },
          { injector },
        );
        ends.push(() => ref.destroy());
      }
      reader = (heap() - before) / MANY;
    },
  });
  for (const end of ends) end();
  return { session$: stream, state$: stream, 'user()': reader };
}

/** Prints what it has found. */
async function main(): Promise<void> {
  const lived = await liveDays(DAYS, 'zoneless', changeDetection);
  const floor = await floors();
  const grown: Grown[] = [];
  for (const subscribers of SUBSCRIBERS) grown.push(await grow(subscribers));
  const many = grown.at(-1);
  const found: Pick<DayResults, 'days' | 'growth' | 'heap'> = {
    days: lived,
    growth: grown.map(({ day }) => day),
    heap: KINDS.map((kind): SubscriberHeap => ({
      kind,
      bytes: Math.round(many?.heap.get(kind) ?? NaN),
      floorBytes: Math.round(floor[kind]),
    })),
  };
  console.log(JSON.stringify(found));
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
