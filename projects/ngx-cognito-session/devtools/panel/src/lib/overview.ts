import { h, setText } from './dom';
import { drift, duration, left } from './format';
import type { Snapshot } from './model';
import { timelineView } from './timeline-view';
import type { View } from './view';

const NONE = '–';

/** State, countdowns and the timeline. */
export function overview(): View {
  const figures = h('dl', { class: 'figures' });
  const timeline = timelineView();
  const values = new Map<string, HTMLElement>();
  const valueOf = (name: string): HTMLElement => {
    const known = values.get(name);
    if (known !== undefined) return known;
    const value = h('dd');
    values.set(name, value);
    figures.append(h('div', {}, h('dt', {}, name), value));
    return value;
  };
  return {
    element: h('div', {}, figures, h('h3', {}, 'Last ten minutes'), timeline.element),
    show: (snapshot) => {
      for (const [name, text] of figuresOf(snapshot)) setText(valueOf(name), text);
      timeline.show(snapshot);
    },
  };
}

/** Names and values. Pure. */
export function figuresOf({
  state,
  figures,
  nowMs,
  simulation,
}: Pick<Snapshot, 'state' | 'figures' | 'nowMs' | 'simulation'>): readonly (readonly [string, string])[] {
  const session = 'session' in state ? state.session : null;
  if (session === null || figures === null)
    return [
      ['User', 'none'],
      ['Next refresh', NONE],
      ['Tokens expire', NONE],
      ['Session ends', NONE],
      ['Clock drift', NONE],
      ['Back-off', NONE],
    ];
  const { serverNowMs, refreshDueAtMs, diesAtMs, backoff, isRefreshing, gen } = figures;
  const waitMs = backoff === null ? 0 : backoff.until - (nowMs + simulation.shiftMs);
  const expiresAtMs = Math.min(session.expiresAt.getTime(), diesAtMs === 0 ? 0 : Infinity);
  return [
    ['User', session.user.username === '' ? session.user.sub : session.user.username],
    ['Next refresh', nextRefresh(isRefreshing, waitMs, left(refreshDueAtMs, serverNowMs, 'due'))],
    ['Tokens expire', left(expiresAtMs, serverNowMs, 'expired')],
    [
      'Session ends',
      session.endsAt === null ? 'not known' : left(session.endsAt.getTime(), serverNowMs, 'over'),
    ],
    ['Clock drift', drift(session.clockDrift)],
    ['Back-off', backoff === null ? 'none' : `${backoff.code}, ${backoff.count}×`],
    ['Generation', String(gen)],
    ['Token use', figures.isSuspect ? 'waits for the record' : 'allowed'],
  ];
}

function nextRefresh(isRefreshing: boolean, waitMs: number, due: string): string {
  if (isRefreshing) return 'now';
  return waitMs > 0 ? `retry in ${duration(waitMs)}` : due;
}
