import type { Table } from '../markdown';
import type { Summary } from '../statistics';
import type { ServerResults } from './results';

const number = (value: number) => value.toLocaleString('en-US');
const spread = ({ median, min, max }: Summary) => `${number(median)} (${number(min)}–${number(max)})`;
const list = (operations: readonly string[] | null) => operations?.join(', ') ?? '–';

/** Requests with a valid session. The ratio is to express-session with the same kind of store, and to iron-session. */
export function requestTable({ requests }: ServerResults): Table {
  const perSecond = (app: string) => requests.find((each) => each.app === app)?.perSecond.median ?? NaN;
  const iron = perSecond('iron-session, cookie');
  return [
    [
      'app',
      'requests per second',
      'ratio to express-session, same store',
      'ratio to iron-session',
      'processor time per request, µs',
      'cookie, bytes',
    ],
    ...requests.map(({ app, perSecond: own, cpuUs, cookieBytes }) => {
      const store = app.endsWith('DynamoDB') ? 'DynamoDB' : 'memory';
      return [
        app,
        spread(own),
        (own.median / perSecond(`express-session, ${store}`)).toFixed(2),
        (own.median / iron).toFixed(2),
        spread(cpuUs),
        number(cookieBytes),
      ];
    }),
  ];
}

/** What a request asks of DynamoDB. */
export function operationTable({ operations }: ServerResults): Table {
  return [
    ['request', 'cognito-server-session', 'express-session, connect-dynamodb'],
    ...operations.map((each) => [each.request, list(each.operations), list(each.peerOperations)]),
  ];
}

/** Refreshes of one expired session. */
export function instancesTable({ instances }: ServerResults): Table {
  return [
    [
      'instances',
      'calls of Cognito',
      'instances without a token',
      'sessions lost',
      'calls, each instance on its own',
      'refused by Cognito',
    ],
    ...instances.map((each) =>
      [
        each.instances,
        each.refreshes,
        each.withoutToken,
        each.sessionsLost,
        each.byHand.refreshes,
        each.byHand.refused,
      ].map(String),
    ),
  ];
}
