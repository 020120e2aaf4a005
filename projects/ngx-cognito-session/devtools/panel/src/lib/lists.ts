import { empty, h, listRenderer, renderer, table } from './dom';
import { clockTime } from './format';
import type { PanelModel, RecordedEvent, RecordedRequest, TabInfo } from './model';
import { isFailureEvent } from './timeline';
import type { View } from './view';

/** The last events, the newest first. */
export function eventsView(): View {
  const { element, show } = table<RecordedEvent>({
    label: 'Events',
    columns: ['Time', 'Event', 'Origin', 'Reason'],
    emptyText: 'No event since the page was loaded.',
    cells: ({ at, type, origin, detail }) => [
      clockTime(at),
      h('span', { class: isFailureEvent({ type }) ? 'bad' : '' }, type),
      origin === 'thisTab' ? 'this tab' : 'other tab',
      detail,
    ],
  });
  return { element, show: ({ events }) => show([...events].reverse()) };
}

/** The tabs of this session. */
export function tabsView({ hasTokens }: Pick<PanelModel, 'hasTokens'>): View {
  const { element: list, show: showTabs } = table<TabInfo>({
    label: 'Browser tabs',
    columns: ['Tab', 'State', 'Refresh', 'Generation', 'Page'],
    emptyText: 'No tab.',
    cells: ({ id, isThis, status, isCalling, gen, isVisible, isAnswering }) => [
      isThis ? `${id} (this tab)` : id,
      gen === null ? status : `${status}, holds the session`,
      isCalling ? h('strong', {}, hasTokens ? 'calls Cognito' : 'asks the server') : '–',
      gen === null ? '–' : String(gen),
      isAnswering ? (isVisible ? 'visible' : 'hidden') : 'no answer: frozen or closed',
    ],
  });
  const others = h('div');
  const showOthers = renderer(others, (isAlone: boolean) =>
    isAlone ? [empty('No other tab of this origin has this session and a panel.')] : [],
  );
  return {
    element: h('div', {}, list, others),
    show: ({ tabs }) => {
      showTabs(tabs);
      showOthers(tabs.length === 1);
    },
  };
}

/** The last requests, the newest first. */
export function requestsView({ hasTokens }: Pick<PanelModel, 'hasTokens'>): View {
  const { element, show } = table<RecordedRequest>({
    label: 'Requests',
    columns: ['Time', 'Request', 'Rule', 'What happened'],
    emptyText: 'No request has passed sessionInterceptor or createAuthFetch.',
    cells: ({ at, method, url, rule, reason, steps }) => [
      clockTime(at),
      h('span', { class: 'wrap' }, `${method} ${url}`),
      rule === null
        ? h('span', { class: 'bad wrap' }, `no ${hasTokens ? 'token' : 'header'}: ${reason}`)
        : h('code', { class: 'wrap' }, rule),
      rule === null ? '–' : steps.join(' → '),
    ],
  });
  return { element, show: ({ requests }) => show([...requests].reverse()) };
}

const PAGE = /^(NCS\d+): (.*) More: (\S+)$/s;

/** Mistakes of the set-up, with their pages. */
export function warningsView(): View {
  const list = h('ul', { class: 'warnings' });
  const showItems = listRenderer<string>(list, (warning) => {
    const [, code = '', text = warning, page = ''] = PAGE.exec(warning) ?? [];
    return h('li', {}, h('strong', {}, code), ` ${text} `, linkTo(page));
  });
  const element = h('div');
  const showList = renderer(element, (isEmpty: boolean) => [
    isEmpty ? empty('No mistake of the set-up was found. They are looked for in development only.') : list,
  ]);
  return {
    element,
    show: ({ warnings }) => {
      showItems(warnings);
      showList(warnings.length === 0);
    },
  };
}

/** Pages have an address once the project has one; until then they are files of the package. */
function linkTo(page: string): Node {
  return page.startsWith('https:')
    ? h('a', { href: page, target: '_blank', rel: 'noreferrer' }, 'Documentation')
    : h('code', {}, page);
}
