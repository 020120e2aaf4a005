import type { RecordedSpan } from './model';
import { latestOf, timelineOf, timelineText, type Lane } from './timeline';

const MINUTE = 60_000;
const NOW = 100 * MINUTE;

const barsOf = (lanes: readonly Lane[], name: string) => lanes.find((lane) => lane.name === name)?.bars ?? [];
const span = (more: Partial<RecordedSpan>): RecordedSpan => ({
  kind: 'refresh',
  from: NOW,
  to: NOW,
  label: 'refresh',
  ...more,
});

describe('the timeline', () => {
  it('places what lasted by its share of ten minutes', () => {
    const lanes = timelineOf(
      [span({ kind: 'asleep', from: NOW - 5 * MINUTE, to: NOW - 2 * MINUTE })],
      [],
      NOW,
    );

    const [bar] = barsOf(lanes, 'Asleep');

    expect(bar?.from).toBeCloseTo(0.5);
    expect(bar?.width).toBeCloseTo(0.3);
  });

  it('cuts off what began earlier, and leaves out what ended earlier', () => {
    const spans = [
      span({ kind: 'tokens', from: NOW - 60 * MINUTE, to: NOW - 11 * MINUTE }),
      span({ kind: 'tokens', from: NOW - 11 * MINUTE, to: NOW - 9 * MINUTE }),
    ];

    const bars = barsOf(timelineOf(spans, [], NOW), 'Tokens');

    expect(bars).toHaveLength(1);
    expect(bars[0]?.from).toBe(0);
    expect(bars[0]?.width).toBeCloseTo(0.1);
  });

  it('ends at now, also for what goes on or will end later', () => {
    const spans = [
      span({ kind: 'tokens', from: NOW - MINUTE, to: NOW + 50 * MINUTE }),
      span({ kind: 'asleep', from: NOW - MINUTE, to: null }),
    ];

    const lanes = timelineOf(spans, [], NOW);

    for (const name of ['Tokens', 'Asleep']) {
      const [bar] = barsOf(lanes, name);
      expect((bar?.from ?? 0) + (bar?.width ?? 0)).toBeCloseTo(1);
    }
  });

  it('shows short moments, and failures in a look of their own', () => {
    const event = { at: NOW, type: 'error', origin: 'thisTab', detail: 'networkError: x' } as const;

    const lanes = timelineOf([span({ isFailure: true })], [event], NOW);

    expect(barsOf(lanes, 'Refresh')).toMatchObject([{ kind: 'failure' }]);
    expect(barsOf(lanes, 'Events')).toMatchObject([{ kind: 'error', label: 'error, networkError: x' }]);
    for (const { bars } of lanes)
      for (const { from, width } of bars) expect(from + width).toBeLessThanOrEqual(1);
    expect(barsOf(lanes, 'Refresh')[0]?.width).toBeGreaterThan(0);
  });

  it('is told in words as well', () => {
    const spans = [span({}), span({}), span({ isFailure: true }), span({ kind: 'backoff' })];

    expect(timelineText(timelineOf(spans, [], NOW))).toBe(
      'The last ten minutes, 2 refreshes, 1 failed refresh, 1 back-off, 0 events, 0 times asleep',
    );
  });
});

describe('the list below the timeline', () => {
  it('has the reasons of failures, retries and waits, the newest first', () => {
    const spans = [
      span({ kind: 'tokens', from: NOW - 5000, label: 'tokens of generation 1' }),
      span({ from: NOW - 4000, label: 'refresh: throttled', isFailure: true }),
      span({ kind: 'backoff', from: NOW - 3000, label: 'back-off after throttled' }),
      span({ kind: 'asleep', from: NOW - 11 * MINUTE, to: null, label: 'frozen' }),
    ];
    const event = { at: NOW - 1000, type: 'error', origin: 'thisTab', detail: 'throttled: x' } as const;

    const latest = latestOf(spans, [event], NOW);

    expect(latest).toEqual([
      { at: NOW - 1000, lane: 'Event', text: 'error, throttled: x', isFailure: true },
      { at: NOW - 3000, lane: 'Back-off', text: 'back-off after throttled', isFailure: false },
      { at: NOW - 4000, lane: 'Refresh', text: 'refresh: throttled', isFailure: true },
    ]);
  });

  it('is short', () => {
    const spans = Array.from({ length: 30 }, (_, index) => span({ from: NOW - index * 1000 }));

    const latest = latestOf(spans, [], NOW);

    expect(latest.map(({ at }) => (NOW - at) / 1000)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  });
});
