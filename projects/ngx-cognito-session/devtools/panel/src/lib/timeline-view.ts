import { h, listRenderer, renderer, setText, svg } from './dom';
import { clockTime } from './format';
import type { Snapshot } from './model';
import { latestOf, timelineOf, timelineText, type Lane, type Moment } from './timeline';
import type { View } from './view';

const WIDTH = 1000;
const LANE_HEIGHT = 10;
const GAP = 4;

/**
 * The last ten minutes, drawn, and the latest of it in words. The rows are named beside the drawing, so that names keep their
 * size.
 */
export function timelineView(): View {
  const names = h('div', { class: 'lane-names', 'aria-hidden': 'true' });
  const drawing = svg('svg', { role: 'img', preserveAspectRatio: 'none', class: 'lanes' });
  const axis = h(
    'div',
    { class: 'axis', 'aria-hidden': 'true' },
    ...['10 min ago', '5 min', 'now'].map((text) => h('span', {}, text)),
  );
  const latest = h('ol', { class: 'latest', 'aria-label': 'Latest' });
  const element = h(
    'div',
    {},
    h('figure', { class: 'timeline' }, names, drawing, axis),
    h('p', { class: 'note' }, 'A bar that is taller than its row is a failure.'),
    latest,
  );
  const showNames = renderer(names, (all: readonly string[]) => all.map((name) => h('span', {}, name)));
  const showLanes = renderer(drawing, (lanes: readonly Lane[]) => lanes.map(laneOf));
  const showLatest = listRenderer<Moment>(latest, momentOf);
  return {
    element,
    show: ({ spans, events, nowMs }: Snapshot) => {
      const lanes = timelineOf(spans, events, nowMs);
      showNames(lanes.map(({ name }) => name));
      drawing.setAttribute('viewBox', `0 0 ${WIDTH} ${lanes.length * (LANE_HEIGHT + GAP)}`);
      const text = timelineText(lanes);
      if (drawing.getAttribute('aria-label') !== text) drawing.setAttribute('aria-label', text);
      showLanes(lanes);
      showLatest(latestOf(spans, events, nowMs));
    },
  };
}

function momentOf({ at, lane, text, isFailure }: Moment): HTMLElement {
  return h(
    'li',
    {},
    h('time', {}, clockTime(at)),
    ' ',
    h('strong', isFailure ? { class: 'bad' } : {}, isFailure ? `${lane} (failure)` : lane),
    ` ${text}`,
  );
}

function laneOf({ bars }: Lane, index: number): SVGElement {
  const y = index * (LANE_HEIGHT + GAP) + GAP / 2;
  const ground = svg('rect', { class: 'ground', x: 0, y, width: WIDTH, height: LANE_HEIGHT });
  const all = bars.map(({ from, width, label, kind }) => {
    const title = svg('title', {});
    setText(title, label);
    // Failures have a shape of their own, so that they are not told by their colour alone.
    const over = kind === 'failure' || kind === 'error' ? GAP / 2 : 0;
    const place = {
      x: (from * WIDTH).toFixed(1),
      y: y - over,
      width: (width * WIDTH).toFixed(1),
      height: LANE_HEIGHT + 2 * over,
    };
    return svg('rect', { class: `bar ${kind}`, ...place }, title);
  });
  return svg('g', {}, ground, ...all);
}
