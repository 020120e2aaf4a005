import type { RecordedEvent, RecordedSpan } from './model';

/** How long the timeline is. */
export const TIMELINE_MS = 600_000;
/** Shorter spans would not be seen. */
const LEAST_SHARE = 0.006;
/** How many entries the list below the timeline has. */
const LATEST = 8;

/** Part of a row. Positions are shares of the timeline, 0 to 1. */
export interface Bar {
  readonly from: number;
  readonly width: number;
  readonly label: string;
  /** The look. */
  readonly kind: 'tokens' | 'refresh' | 'failure' | 'backoff' | 'asleep' | 'event' | 'error';
}

/** One row. */
export interface Lane {
  readonly name: string;
  readonly bars: readonly Bar[];
}

const LANES: readonly (readonly [string, RecordedSpan['kind']])[] = [
  ['Tokens', 'tokens'],
  ['Refresh', 'refresh'],
  ['Back-off', 'backoff'],
  ['Asleep', 'asleep'],
];

/** What the timeline of the last ten minutes shows. Pure. */
export function timelineOf(
  spans: readonly RecordedSpan[],
  events: readonly RecordedEvent[],
  nowMs: number,
): readonly Lane[] {
  const share = (at: number): number => Math.min(1, Math.max(0, 1 - (nowMs - at) / TIMELINE_MS));
  const barOf = ({ kind, from, to, label, isFailure }: RecordedSpan): readonly Bar[] => {
    const end = share(Math.min(to ?? nowMs, nowMs));
    if (end <= 0) return [];
    const width = Math.max(LEAST_SHARE, end - share(from));
    return [
      { from: Math.min(share(from), 1 - width), width, label, kind: isFailure === true ? 'failure' : kind },
    ];
  };
  const moments = events
    .filter(({ at }) => nowMs - at < TIMELINE_MS)
    .map((event): Bar => ({
      from: Math.min(share(event.at), 1 - LEAST_SHARE),
      width: LEAST_SHARE,
      label: eventLabel(event),
      kind: isFailureEvent(event) ? 'error' : 'event',
    }));
  const lanes = LANES.map(([name, kind]) => ({
    name,
    bars: spans.filter((span) => span.kind === kind).flatMap(barOf),
  }));
  return [...lanes.slice(0, 3), { name: 'Events', bars: moments }, ...lanes.slice(3)];
}

/** An entry of the list below the timeline. */
export interface Moment {
  readonly at: number;
  /** The row of the timeline. */
  readonly lane: string;
  readonly text: string;
  readonly isFailure: boolean;
}

/** What the timeline shows, in words, the newest first. The lives of tokens follow from the refreshes. Pure. */
export function latestOf(
  spans: readonly RecordedSpan[],
  events: readonly RecordedEvent[],
  nowMs: number,
): readonly Moment[] {
  const lasted = LANES.filter(([, kind]) => kind !== 'tokens').flatMap(([lane, of]) =>
    spans
      .filter(({ kind }) => kind === of)
      .map(({ from, label, isFailure = false }): Moment => ({ at: from, lane, text: label, isFailure })),
  );
  const moments = events.map((event): Moment => ({
    at: event.at,
    lane: 'Event',
    text: eventLabel(event),
    isFailure: isFailureEvent(event),
  }));
  return [...lasted, ...moments]
    .filter(({ at }) => nowMs - at < TIMELINE_MS)
    .sort((a, b) => b.at - a.at)
    .slice(0, LATEST);
}

/** The counts of the timeline in words. Pure. */
export function timelineText(lanes: readonly Lane[]): string {
  const bars = lanes.flatMap((lane) => lane.bars);
  const count = (...kinds: readonly Bar['kind'][]) => bars.filter(({ kind }) => kinds.includes(kind)).length;
  return [
    'The last ten minutes',
    plural(count('refresh'), 'refresh', 'refreshes'),
    plural(count('failure'), 'failed refresh', 'failed refreshes'),
    plural(count('backoff'), 'back-off', 'back-offs'),
    plural(count('event', 'error'), 'event', 'events'),
    plural(count('asleep'), 'time asleep', 'times asleep'),
  ].join(', ');
}

/** Whether an event reports that something went wrong. Pure. */
export function isFailureEvent({ type }: Pick<RecordedEvent, 'type'>): boolean {
  return type === 'error' || type === 'sessionExpired';
}

function eventLabel({ type, detail }: RecordedEvent): string {
  return detail === '' ? type : `${type}, ${detail}`;
}

function plural(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}
