import uPlot from 'uplot';
import { KINDS, type Kind } from './timeline-data';

export interface TimelineView {
  readonly data: uPlot.AlignedData;
  readonly lanes: readonly string[];
  /** Epoch seconds. */
  readonly from: number;
  readonly until: number;
}

export interface Colors {
  readonly text: string;
  readonly line: string;
  readonly kinds: Readonly<Record<Kind, string>>;
}

const LANE_HEIGHT = 44;
const AXIS_HEIGHT = 40;
const NAME_WIDTH = 72;

/** A chart in an element: as wide as that, with a lane for each name. Returns what removes it. */
export function drawTimeline(
  host: HTMLElement,
  view: TimelineView,
  { text, line, kinds }: Colors,
): () => void {
  const { data, lanes, from, until } = view;
  const font = getComputedStyle(host).font;
  const chart = new uPlot(
    {
      width: host.clientWidth,
      height: lanes.length * LANE_HEIGHT + AXIS_HEIGHT,
      legend: { show: false },
      cursor: { show: false },
      scales: { x: { range: [from, until] }, y: { range: [-0.5, lanes.length - 0.5] } },
      series: [
        {},
        ...KINDS.map((kind) => ({
          paths: () => null,
          points: { show: true, size: kind === 'other' ? 8 : 13, fill: kinds[kind], stroke: kinds[kind] },
        })),
      ],
      axes: [
        {
          font,
          stroke: text,
          size: AXIS_HEIGHT,
          grid: { show: false },
          ticks: { stroke: line },
          values: clockTimes,
        },
        {
          font,
          stroke: text,
          size: NAME_WIDTH,
          grid: { stroke: line, width: 1 },
          ticks: { show: false },
          splits: lanes.map((_, index) => index),
          values: (_, splits) => splits.map((split) => lanes[lanes.length - 1 - split] ?? ''),
        },
      ],
    },
    data,
    host,
  );
  return () => chart.destroy();
}

const clockTimes = (_: uPlot, seconds: number[]): string[] =>
  seconds.map((second) => new Date(second * 1000).toLocaleTimeString('en-GB'));
