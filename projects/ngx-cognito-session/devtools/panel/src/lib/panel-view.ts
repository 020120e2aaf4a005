import { claimsView } from './claims-view';
import { button, h, setText } from './dom';
import { stateText } from './format';
import { eventsView, requestsView, tabsView, warningsView } from './lists';
import type { PanelModel, Snapshot } from './model';
import { overview } from './overview';
import { reportCopy } from './report-copy';
import { simulateView } from './simulate-view';
import { storageView } from './storage-view';
import { tabId, tabList } from './tab-list';
import type { View } from './view';

/** What the panel tells its element. */
export interface PanelEvents {
  readonly close: () => void;
  readonly select: (tab: string) => void;
  readonly switchTheme: () => void;
}

/** The open panel. */
export interface PanelView {
  readonly element: HTMLElement;
  select(tab: string): void;
  focus(): void;
  show(snapshot: Snapshot): void;
}

/** Builds the panel: a dialog that leaves the page usable. */
export function panelView(model: PanelModel, events: PanelEvents): PanelView {
  const said = h('div', { class: 'said', role: 'status' });
  const heard = h('div', { class: 'heard', 'aria-live': 'polite' });
  const say = (text: string) => {
    said.textContent = text;
  };
  const views: ReadonlyMap<string, View> = new Map([
    ['Overview', overview()],
    ['Events', eventsView()],
    ['Requests', requestsView(model)],
    ['Browser tabs', tabsView(model)],
    ['Storage', storageView(model)],
    ['Claims', claimsView()],
    ['Warnings', warningsView()],
    ['Simulate', simulateView(model, say)],
  ]);
  const names = [...views.keys()];
  const tabs = tabList(names, events.select);
  const body = h('div', { role: 'tabpanel', id: 'view', tabindex: 0 });
  const { copy, fallback } = reportCopy(model, say);
  const [dot, state] = [h('span', { class: 'dot' }), h('span')];
  const header = h(
    'header',
    {},
    h('h2', { id: 'title' }, 'Cognito session'),
    h('span', { class: 'state' }, dot, state),
    h(
      'div',
      { class: 'actions' },
      copy,
      button({ 'aria-label': 'Theme: switch between light and dark' }, 'Theme', events.switchTheme),
      button({}, 'Close', events.close),
    ),
  );
  const element = h(
    'section',
    { class: 'panel', role: 'dialog', 'aria-labelledby': 'title' },
    header,
    tabs.element,
    body,
    fallback,
    said,
    heard,
  );
  let selected = '';
  let announced: string | null = null;
  return {
    element,
    select: (name) => {
      selected = views.has(name) ? name : (names[0] ?? '');
      tabs.select(selected);
      body.setAttribute('aria-labelledby', tabId(selected));
      body.replaceChildren(...[views.get(selected)?.element].filter((view) => view !== undefined));
      body.scrollTop = 0;
    },
    focus: () => tabs.focus(),
    show: (snapshot) => {
      const { status } = snapshot.state;
      dot.className = `dot ${status}`;
      setText(state, stateText(snapshot.state));
      // Not each refresh: a screen reader hears that the session has got another state.
      if (announced !== null && announced !== status) heard.textContent = stateText(snapshot.state);
      announced = status;
      views.get(selected)?.show(snapshot);
    },
  };
}
