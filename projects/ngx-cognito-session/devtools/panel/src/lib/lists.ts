import { empty, h, renderer, table } from './dom';
import { clockTime } from './format';
import type { RecordedEvent, RecordedRequest, TabInfo } from './model';
import type { View } from './view';

/** The last events, the newest first. */
export function eventsView(): View {
  const element = h('div');
  const show = renderer(element, (events: readonly RecordedEvent[]) => [
    events.length === 0
      ? empty('No event since the page was loaded.')
      : table(
          'Events',
          ['Time', 'Event', 'Origin', 'Reason'],
          [...events]
            .reverse()
            .map(({ at, type, origin, detail }) => [
              clockTime(at),
              h('span', { class: type === 'error' || type === 'sessionExpired' ? 'bad' : '' }, type),
              origin === 'thisTab' ? 'this tab' : 'other tab',
              detail,
            ]),
        ),
  ]);
  return { element, show: ({ events }) => show(events) };
}

/** The tabs of this session. */
export function tabsView(): View {
  const element = h('div');
  const show = renderer(element, (tabs: readonly TabInfo[]) => [
    table(
      'Browser tabs',
      ['Tab', 'State', 'Refresh', 'Generation', 'Page'],
      tabs.map(({ id, isThis, status, isCalling, gen, isVisible, isAnswering }) => [
        isThis ? `${id} (this tab)` : id,
        gen === null ? status : `${status}, holds the session`,
        isCalling ? h('strong', {}, 'calls Cognito') : '–',
        gen === null ? '–' : String(gen),
        isAnswering ? (isVisible ? 'visible' : 'hidden') : 'no answer: frozen or closed',
      ]),
    ),
    ...(tabs.length === 1 ? [empty('No other tab of this origin has this session and a panel.')] : []),
  ]);
  return { element, show: ({ tabs }) => show(tabs) };
}

/** The last requests, the newest first. */
export function requestsView(): View {
  const element = h('div');
  const show = renderer(element, (requests: readonly RecordedRequest[]) => [
    requests.length === 0
      ? empty('No request has passed sessionInterceptor or createAuthFetch.')
      : table(
          'Requests',
          ['Time', 'Request', 'Rule', 'What happened'],
          [...requests]
            .reverse()
            .map(({ at, method, url, rule, reason, steps }) => [
              clockTime(at),
              h('span', { class: 'wrap' }, `${method} ${url}`),
              rule === null
                ? h('span', { class: 'bad wrap' }, `no token: ${reason}`)
                : h('code', { class: 'wrap' }, rule),
              rule === null ? '–' : steps.join(' → '),
            ]),
        ),
  ]);
  return { element, show: ({ requests }) => show(requests) };
}

const PAGE = /^(NCS\d+): (.*) More: (\S+)$/s;

/** Mistakes of the set-up, with their pages. */
export function warningsView(): View {
  const element = h('div');
  const show = renderer(element, (warnings: readonly string[]) =>
    warnings.length === 0
      ? [empty('No mistake of the set-up was found. They are looked for in development only.')]
      : [
          h(
            'ul',
            { class: 'warnings' },
            ...warnings.map((warning) => {
              const [, code = '', text = warning, page = ''] = PAGE.exec(warning) ?? [];
              return h('li', {}, h('strong', {}, code), ` ${text} `, linkTo(page));
            }),
          ),
        ],
  );
  return { element, show: ({ warnings }) => show(warnings) };
}

/** Pages have an address once the project has one; until then they are files of the package. */
function linkTo(page: string): Node {
  return page.startsWith('https:')
    ? h('a', { href: page, target: '_blank', rel: 'noreferrer' }, 'Documentation')
    : h('code', {}, page);
}
