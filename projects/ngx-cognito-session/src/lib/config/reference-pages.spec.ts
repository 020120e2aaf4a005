import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { of, Subject, map, type Observable } from 'rxjs';
import { failureOf, heldSession, signedInState } from '../../../testing-support/held-sessions';
import { readTable } from '../../../testing-support/markdown-table';
import type { SessionEvent } from '../core/session-event';
import type { LiveRecord, Tombstone } from '../core/session-record';
import {
  INITIAL_STATE,
  toPublicState,
  type HeldState,
  type InternalState,
  type SessionState,
} from '../core/session-state';
import type { SessionService } from '../../public-api';
import type { SessionChange } from '../core/session-change';
import { transition } from '../core/transition';
import { SessionError } from '../errors/session-error';
import { SECOND_MS } from './numbers';

const DAY_MS = 86_400 * SECOND_MS;

const LIB = resolve('projects/ngx-cognito-session/src/lib');
const page = (name: string) => readFileSync(resolve('projects/docs/reference', name), 'utf8');
const STATES_PAGE = page('states-and-events.md');
const NUMBERS_PAGE = page('numbers.md');
const FORMAT_PAGE = page('storage-format.md');

type ChangeType = SessionChange['type'];
type Ended = Extract<SessionChange, { type: 'ended' }>;
type NotRestored = Extract<SessionChange, { type: 'notRestored' }>;

const HELD = heldSession({ gen: 2, refreshTokenValidityDays: 30 });
const NEWER = heldSession({ gen: 3 });
const OTHER_USER = heldSession({ sid: 'sid-2', sub: 'user-2' });
const FAILURE = failureOf();
const ERROR = new SessionError('storageError', 'It failed.');

const DEAD = { ...HELD, serverNowMs: () => HELD.diesAtMs };

const SIGNED_OUT: InternalState = { status: 'signedOut', active: null, reason: 'noSession' };
const SHOWN: HeldState = { ...signedInState(HELD), suspect: true, unannounced: true };

/** Every status, and each of them with everything that makes a difference to a change. */
const STATES: readonly InternalState[] = [
  INITIAL_STATE,
  { ...signedInState(HELD), status: 'restoring', failure: null },
  { ...signedInState(HELD), status: 'restoring', failure: FAILURE },
  SHOWN,
  { ...SHOWN, refreshing: true },
  signedInState(HELD),
  { ...signedInState(HELD), status: 'signedIn', failure: FAILURE },
  { ...signedInState(HELD), suspect: true },
  { ...signedInState(HELD), refreshing: true },
  { ...signedInState(HELD), status: 'signedIn', refreshing: true, failure: FAILURE },
  { ...signedInState(HELD), status: 'stale', failure: FAILURE },
  SIGNED_OUT,
  { ...SIGNED_OUT, reason: 'storageUnreadable' },
];

/** A record, so that the compiler asks for a reason that is new. */
const NOT_RESTORED: Readonly<Record<NotRestored['reason'], true>> = {
  noSession: true,
  signedOut: true,
  storageCleared: true,
  storageUnreadable: true,
  configurationFailed: true,
};

const ENDED: Readonly<Record<Ended['reason'], true>> = {
  signedOutElsewhere: true,
  userSwitched: true,
  storageCleared: true,
  refreshTokenExpired: true,
  rotationLost: true,
  userNotFound: true,
  passwordResetRequired: true,
  userNotConfirmed: true,
  sessionEnded: true,
  tokensExpired: true,
  idle: true,
};

const ORIGINS = ['thisTab', 'otherTab'] as const;

/** Every change in every form, by a record again. */
const CHANGES: { readonly [T in ChangeType]: readonly Extract<SessionChange, { type: T }>[] } = {
  shown: [{ type: 'shown', active: HELD }],
  adopted: ORIGINS.flatMap((origin) =>
    [HELD, DEAD, OTHER_USER].map((active) => ({ type: 'adopted' as const, active, origin })),
  ),
  notRestored: (Object.keys(NOT_RESTORED) as NotRestored['reason'][]).flatMap((reason) => [
    { type: 'notRestored', reason },
    { type: 'notRestored', reason, error: ERROR },
  ]),
  unreadable: [{ type: 'unreadable', error: ERROR }],
  signedOut: [{ type: 'signedOut' }, { type: 'signedOut', reason: 'idle' }],
  renewing: [{ type: 'renewing', sid: HELD.sid }],
  renewed: ORIGINS.flatMap((origin) =>
    [HELD, NEWER].map((active) => ({ type: 'renewed' as const, active, origin })),
  ),
  failed: [true, false].flatMap((stale) =>
    [...ORIGINS, null].map((reported) => ({
      type: 'failed' as const,
      sid: HELD.sid,
      gen: HELD.gen,
      failure: FAILURE,
      stale,
      reported,
    })),
  ),
  endingAnnounced: [{ type: 'endingAnnounced', sid: HELD.sid }],
  dueChanged: [{ type: 'dueChanged', sid: HELD.sid, renewalDueAtMs: HELD.renewalDueAtMs - 1 }],
  suspected: [{ type: 'suspected', sid: HELD.sid }],
  verified: [{ type: 'verified', sid: HELD.sid }],
  ended: (Object.keys(ENDED) as Ended['reason'][]).flatMap((reason) =>
    ORIGINS.map((origin) => ({ type: 'ended' as const, sid: HELD.sid, reason, origin })),
  ),
};

const EVERY_CHANGE: readonly SessionChange[] = Object.values(CHANGES).flat();
const CHANGE_TYPES = Object.keys(CHANGES);

const LIVE_FIELDS: Readonly<Record<keyof LiveRecord, true>> = {
  v: true,
  sid: true,
  gen: true,
  tokens: true,
  since: true,
  attempts: true,
  refused: true,
  spare: true,
  backoff: true,
};

const TOMBSTONE_FIELDS: Readonly<Record<keyof Tombstone, true>> = {
  v: true,
  sid: true,
  ended: true,
  since: true,
  reason: true,
};

const EVENT_TYPES: ReadonlySet<string> = new Set(
  Object.keys({
    signedIn: true,
    tokenRefreshed: true,
    sessionRestored: true,
    sessionReplaced: true,
    signedOut: true,
    sessionExpired: true,
    sessionEnding: true,
    error: true,
  } satisfies Record<SessionEvent['type'], true>),
);

describe('the table from one status to another', () => {
  const edges = readTable(STATES_PAGE, 'From one status to another').flatMap(
    ([from = '', changes = '', to = '']) =>
      nodesOf(from).flatMap((start) =>
        codesIn(changes).map((type) => edge(start, nodesOf(to)[0] ?? '', type)),
      ),
  );

  it('is about a page that starts where the state begins', () => {
    expect(STATES_PAGE).toContain(`A page starts as ${inCode(toPublicState(INITIAL_STATE).status)}.`);
  });

  it('has every change that leads from one status to another, and no others', () => {
    const led = STATES.flatMap((state) =>
      EVERY_CHANGE.flatMap((change) => {
        const [from, to] = [nodeOf(state), nodeOf(transition(state, change).state)];
        return from === to ? [] : [edge(from, to, change.type)];
      }),
    );

    expect([...edges].sort()).toEqual([...new Set(led)].sort());
  });
});

describe('the table of the statuses', () => {
  it('has every status, and no others', () => {
    const statuses: Readonly<Record<SessionState['status'], true>> = {
      restoring: true,
      signedIn: true,
      stale: true,
      signedOut: true,
    };

    expect(readTable(STATES_PAGE, 'The four states').map(([status]) => status)).toEqual(
      Object.keys(statuses).map(inCode),
    );
  });
});

describe('the table of the events', () => {
  it('has every event, and no others', () => {
    expect(
      readTable(STATES_PAGE, 'The events')
        .map(([type]) => type)
        .sort(),
    ).toEqual([...EVENT_TYPES].map(inCode).sort());
  });
});

describe('the table of the changes', () => {
  const rows = readTable(STATES_PAGE, 'Changes and their events');

  it('names every change once', () => {
    expect(rows.map(([change]) => change).sort()).toEqual(CHANGE_TYPES.map(inCode).sort());
  });

  it.each(CHANGE_TYPES)('names the events of %s', (type) => {
    const [, , cell = ''] = rows.find(([change]) => change === inCode(type)) ?? [];
    const events: readonly SessionEvent['type'][] = STATES.flatMap((state) =>
      EVERY_CHANGE.filter((change) => change.type === type).flatMap((change) =>
        transition(state, change).events.map((event) => event.type),
      ),
    );

    const named = codesIn(cell).filter((code) => EVENT_TYPES.has(code));
    expect([...new Set(named)].sort()).toEqual([...new Set(events)].sort());
    expect(cell === 'none').toBe(events.length === 0);
  });

  it('names every reason of the state signedOut', () => {
    const named = readTable(STATES_PAGE, 'Why the user is signed out').flatMap(
      ([change = '', reasons = '']) =>
        codesIn(reasons)
          .filter((code) => code !== 'onUserSwitch')
          .map((reason) => `${change} ${reason}`),
    );

    const led = STATES.flatMap((state) =>
      EVERY_CHANGE.flatMap((change) => {
        const { state: next } = transition(state, change);
        return next !== state && next.status === 'signedOut' ? [`${inCode(change.type)} ${next.reason}`] : [];
      }),
    );
    expect(named.sort()).toEqual([...new Set(led)].sort());
  });
});

/** By the occasions that the page names; their callers are those of the table of failures, which has a test of its own. */
const OCCASIONS: Readonly<Record<string, readonly [InternalState, ...SessionChange[]]>> = {
  'sign-in': [SIGNED_OUT, { type: 'adopted', active: HELD, origin: 'thisTab' }],
  refresh: [
    signedInState(HELD),
    { type: 'renewing', sid: HELD.sid },
    { type: 'renewed', active: NEWER, origin: 'thisTab' },
  ],
  'refresh by another tab': [signedInState(HELD), { type: 'renewed', active: NEWER, origin: 'otherTab' }],
  'restore from the record': [INITIAL_STATE, { type: 'adopted', active: HELD, origin: 'otherTab' }],
  'restore from the copy, then the record': [
    INITIAL_STATE,
    { type: 'shown', active: HELD },
    { type: 'verified', sid: HELD.sid },
  ],
  'sign-in in another tab': [SIGNED_OUT, { type: 'adopted', active: HELD, origin: 'otherTab' }],
  'sign-out': [signedInState(HELD), { type: 'signedOut' }],
  'sign-out in another tab': [
    signedInState(HELD),
    { type: 'ended', sid: HELD.sid, reason: 'signedOutElsewhere', origin: 'otherTab' },
  ],
  'user switch, by `setTokens`': [
    signedInState(HELD),
    { type: 'adopted', active: OTHER_USER, origin: 'thisTab' },
  ],
  'user switch in another tab': [
    signedInState(HELD),
    { type: 'adopted', active: OTHER_USER, origin: 'otherTab' },
  ],
};

describe('the table of the order', () => {
  const rows = readTable(STATES_PAGE, 'Order');

  it('has the occasions that are tested', () => {
    expect(rows.map(([occasion]) => occasion)).toEqual(Object.keys(OCCASIONS));
  });

  it.each(Object.keys(OCCASIONS))('is right: %s', (occasion) => {
    const [first = INITIAL_STATE, ...changes] = OCCASIONS[occasion] ?? [];
    const [, listed = ''] = rows.find(([name]) => name === occasion) ?? [];

    expect(listed.replace(/, the callers?$/, '').replaceAll(' (the new user)', '')).toBe(
      orderOf(first, changes).join(', '),
    );
  });
});

describe.each([
  ['LiveRecord', LIVE_FIELDS],
  ['Tombstone', TOMBSTONE_FIELDS],
])('the format of a %s', (name, fields) => {
  it('has its fields, and no others', () => {
    const [, body = ''] =
      new RegExp(`^interface ${name} \\{\\n([\\s\\S]*?)^\\}`, 'm').exec(FORMAT_PAGE) ?? [];
    const listed = [...body.matchAll(/^ {2}(\w+)\??:/gm)].map(([, field]) => field);

    expect(listed).toEqual(Object.keys(fields));
  });
});

describe('the table of the numbers', () => {
  it('has every number of the code, and no others', () => {
    const listed = readTable(NUMBERS_PAGE, 'Every number').map(
      ([name, file, value]) => `${file} ${name} ${value}`,
    );

    expect([...listed].sort()).toEqual(numbersIn(LIB).sort());
  });

  it('says what each is for', () => {
    const meanings = readTable(NUMBERS_PAGE, 'Every number').map(([, , , meaning]) => meaning);

    expect(meanings.filter((meaning) => meaning === undefined || meaning === '')).toEqual([]);
  });
});

describe('the examples', () => {
  const own = codeLines(readFileSync(__filename, 'utf8')).join('\n');

  it('are those that this file compiles and runs', () => {
    const examples = [...STATES_PAGE.matchAll(/```ts\n(.*?)```/gs)].map(([, code = '']) => codeLines(code));

    expect(examples).toHaveLength(2);
    for (const example of examples)
      expect(own).toContain(example.filter((line) => !line.startsWith('import ')).join('\n'));
  });

  it('show a banner for each status', () => {
    const stale: HeldState = { ...signedInState(HELD), status: 'stale', failure: FAILURE };
    const seen: string[] = [];
    for (const state of [INITIAL_STATE, signedInState(HELD), stale, SIGNED_OUT])
      banners({ state$: of(toPublicState(state)) }).subscribe((banner) => seen.push(banner));

    expect(seen).toEqual(['One moment…', 'Hello, alice.', 'Reconnecting…', 'You are signed out.']);
  });

  it('keep a journal of the events', () => {
    const events$ = new Subject<SessionEvent>();
    const journal: string[] = [];
    auditTo({ events$ }, (line) => journal.push(line));

    events$.next({ type: 'sessionExpired', origin: 'thisTab', reason: 'refreshFailed', final: false });
    events$.next({ type: 'sessionExpired', origin: 'thisTab', reason: 'rotationLost', final: true });
    events$.next({ type: 'sessionReplaced', origin: 'otherTab', session: OTHER_USER.session });
    events$.next({ type: 'error', origin: 'thisTab', error: ERROR });

    expect(journal).toEqual([
      'The session ended: rotationLost.',
      'alice is signed in now, by otherTab.',
      'storageError: It failed.',
    ]);
  });
});

/** The first example of the page. */
function bannerOf(state: SessionState): string {
  switch (state.status) {
    case 'restoring':
      return 'One moment…';
    case 'signedOut':
      return state.reason === 'refreshTokenExpired' ? 'Please sign in again.' : 'You are signed out.';
    case 'signedIn':
      return `Hello, ${state.session.user.username}.`;
    case 'stale':
      return state.error.retryable ? 'Reconnecting…' : 'Something is wrong. We are working on it.';
  }
}

export function banners(session: Pick<SessionService, 'state$'>): Observable<string> {
  return session.state$.pipe(map(bannerOf));
}

/** The second example of the page. */
export function auditTo(session: Pick<SessionService, 'events$'>, audit: (line: string) => void): void {
  session.events$.subscribe((event) => {
    if (event.type === 'sessionExpired' && event.final) audit(`The session ended: ${event.reason}.`);
    if (event.type === 'sessionReplaced')
      audit(`${event.session.user.username} is signed in now, by ${event.origin}.`);
    if (event.type === 'error') audit(`${event.error.code}: ${event.error.message}`);
  });
}

/** A status of the table, with both of its parts if it names none. */
function nodesOf(cell: string): readonly string[] {
  const [, status = '', part] = /^`(\w+)`(?:, (idle|refreshing))?$/.exec(cell) ?? [];
  if (status !== 'signedIn') return [status];
  return part === undefined ? ['idle', 'refreshing'] : [part];
}

/** States and events of these changes, as the page writes them. */
function orderOf(first: InternalState, changes: readonly SessionChange[]): readonly string[] {
  let state = first;
  return changes.flatMap((change) => {
    const next = transition(state, change);
    state = next.state;
    const published = toPublicState(state);
    const refreshing = published.status === 'signedIn' && published.refreshing ? ' (`refreshing`)' : '';
    return [
      `state ${inCode(published.status)}${refreshing}`,
      ...next.events.map(({ type, origin }) =>
        origin === 'thisTab' ? `event ${inCode(type)}` : `event ${inCode(type)} (${inCode(origin)})`,
      ),
    ];
  });
}

function nodeOf(state: InternalState): string {
  const { status } = state;
  if (status !== 'signedIn') return status;
  return state.refreshing ? 'refreshing' : 'idle';
}

function edge(from: string, to: string, type: string): string {
  return `${from} → ${to}: ${type}`;
}

/** The constants that have something to do with time, as the table writes them, without units and the largest values that are read. */
function numbersIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.spec.ts'))
    .flatMap((name) => {
      const source = readFileSync(join(folder, name), 'utf8');
      const file = relative(LIB, join(folder, name)).replaceAll('\\', '/');
      return [...source.matchAll(/^(?:export )?const ([A-Z][A-Z_]*)(?:: number)? = (.+);$/gm)]
        .filter(([, constant = '']) => /_(?:MS|SECONDS|SHARE|JITTER|COUNT)$/.test(constant))
        .filter(([, constant = '']) => !/^(?:SECOND|DAY|LAST)_/.test(constant))
        .map(([, constant = '', value = '']) => {
          return `${inCode(file)} ${inCode(constant)} ${inUnits(constant, valueOf(value))}`;
        });
    });
}

function valueOf(expression: string): number {
  const factors = expression
    .split(' * ')
    .map((factor) => (factor === 'SECOND_MS' ? SECOND_MS : Number(factor.replaceAll('_', ''))));
  return factors.reduce((product, factor) => product * factor, 1);
}

function inUnits(constant: string, value: number): string {
  if (constant.endsWith('_COUNT')) return String(value);
  if (constant.endsWith('_SECONDS')) return `${value} s`;
  if (!constant.endsWith('_MS')) return `${value * 100} %`;
  if (value < SECOND_MS) return `${value} ms`;
  return value % DAY_MS === 0 ? `${value / DAY_MS} days` : `${value / SECOND_MS} s`;
}

function codesIn(cell: string): readonly string[] {
  return [...cell.matchAll(/`(\w+)`/g)].map(([, code = '']) => code);
}

function codeLines(code: string): readonly string[] {
  return code
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

function inCode(text: string): string {
  return `\`${text}\``;
}
