import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { of, Subject, map, type Observable } from 'rxjs';
import { failureOf, heldSession, signedInState } from '../../../testing-support/held-sessions';
import { readTable } from '../../../testing-support/markdown-table';
import type { SessionEvent } from '../core/session-event';
import type { SessionLedger } from '../core/session-ledger';
import {
  INITIAL_STATE,
  toPublicState,
  type HeldState,
  type InternalState,
  type SessionState,
} from '../core/session-state';
import { transition, type NotRestoredReason, type SessionChange } from '../core/transition';
import { SessionError } from '../errors/session-error';
import { SECOND_MS } from './numbers';

const LIB = resolve('projects/ngx-cognito-session/src/lib');
const PAGE = readFileSync(resolve('docs/how-it-works.md'), 'utf8');

type ChangeType = SessionChange['type'];
type Ended = Extract<SessionChange, { type: 'ended' }>;

const HELD = heldSession({ gen: 2, refreshTokenValidityDays: 30 });
const NEWER = heldSession({ gen: 3 });
const OTHER_USER = heldSession({ sid: 'sid-2', sub: 'user-2' });
const FAILURE = failureOf();
const ERROR = new SessionError('storageError', 'It failed.');

const SIGNED_OUT: InternalState = { status: 'signedOut', active: null, reason: 'noSession' };

/** Every status, and each of them with everything that makes a difference to a change. */
const STATES: readonly InternalState[] = [
  INITIAL_STATE,
  { ...signedInState(HELD), status: 'restoring', failure: null },
  { ...signedInState(HELD), status: 'restoring', failure: FAILURE },
  signedInState(HELD),
  { ...signedInState(HELD), status: 'signedIn', failure: FAILURE },
  { ...signedInState(HELD), suspect: true },
  { ...signedInState(HELD), refreshing: true },
  { ...signedInState(HELD), status: 'signedIn', refreshing: true, failure: FAILURE },
  { ...signedInState(HELD), status: 'stale', failure: FAILURE },
  SIGNED_OUT,
];

/** A record, so that the compiler asks for a reason that is new. */
const NOT_RESTORED: Readonly<Record<NotRestoredReason, true>> = {
  noSession: true,
  tokensExpired: true,
  storageCleared: true,
  storageUnreadable: true,
  configurationFailed: true,
};

const ENDED: Readonly<Record<Ended['reason'], true>> = {
  userSwitched: true,
  storageCleared: true,
  refreshTokenExpired: true,
  rotationLost: true,
  userNotFound: true,
  passwordResetRequired: true,
  userNotConfirmed: true,
  sessionEnded: true,
  tokensExpired: true,
};

/** Every change in every form, by a record again. */
const CHANGES: { readonly [T in ChangeType]: readonly Extract<SessionChange, { type: T }>[] } = {
  restored: [
    { type: 'restored', active: HELD, live: true },
    { type: 'restored', active: HELD, live: false },
  ],
  notRestored: (Object.keys(NOT_RESTORED) as NotRestoredReason[]).flatMap((reason) => [
    { type: 'notRestored', reason },
    { type: 'notRestored', reason, error: ERROR },
  ]),
  signedIn: [
    { type: 'signedIn', active: NEWER },
    { type: 'signedIn', active: OTHER_USER },
  ],
  renewalStarted: [{ type: 'renewalStarted', sid: HELD.sid }],
  renewed: [{ type: 'renewed', active: NEWER, origin: 'thisTab' }],
  renewalFailed: [
    { type: 'renewalFailed', sid: HELD.sid, gen: HELD.gen, failure: FAILURE, stale: false },
    { type: 'renewalFailed', sid: HELD.sid, gen: HELD.gen, failure: FAILURE, stale: true },
  ],
  waitChanged: [{ type: 'waitChanged', sid: HELD.sid, failure: FAILURE }],
  died: [{ type: 'died', sid: HELD.sid, gen: HELD.gen }],
  endingAnnounced: [{ type: 'endingAnnounced', sid: HELD.sid }],
  suspected: [{ type: 'suspected', sid: HELD.sid }],
  verified: [{ type: 'verified', sid: HELD.sid }],
  replaced: [OTHER_USER, heldSession({ sid: 'sid-3' })].map((by) => ({
    type: 'replaced',
    sid: HELD.sid,
    by,
  })),
  signedInElsewhere: [
    { type: 'signedInElsewhere', active: OTHER_USER, live: true },
    { type: 'signedInElsewhere', active: OTHER_USER, live: false },
  ],
  signedOutElsewhere: [{ type: 'signedOutElsewhere', sid: HELD.sid }],
  ended: (Object.keys(ENDED) as Ended['reason'][]).map((reason) => ({
    type: 'ended',
    sid: HELD.sid,
    reason,
  })),
  signedOut: [{ type: 'signedOut' }],
};

const EVERY_CHANGE: readonly SessionChange[] = Object.values(CHANGES).flat();
const CHANGE_TYPES = Object.keys(CHANGES);

const LEDGER_FIELDS: Readonly<Record<keyof SessionLedger, true>> = {
  v: true,
  sid: true,
  gen: true,
  tokens: true,
  refreshToken: true,
  tokensId: true,
  spareId: true,
  open: true,
  spent: true,
  spare: true,
  fail: true,
  begun: true,
  ended: true,
};

describe('the diagram of the states', () => {
  const diagram = readStateDiagram(PAGE);

  it('has the statuses of the state, and no others', () => {
    const statuses: Readonly<Record<SessionState['status'], true>> = {
      restoring: true,
      signedOut: true,
      signedIn: true,
      stale: true,
    };

    expect([...diagram.states].sort()).toEqual(Object.keys(statuses).sort());
    expect([...diagram.parts].map(([state, parts]) => [state, [...parts]])).toEqual([
      ['signedIn', ['idle', 'refreshing']],
    ]);
  });

  it('begins where the state begins', () => {
    expect(diagram.first).toBe(toPublicState(INITIAL_STATE).status);
  });

  it('has every change that leads from one status to another, and no others', () => {
    const led = STATES.flatMap((state) =>
      EVERY_CHANGE.flatMap((change) => {
        const [from, to] = [nodeOf(state), nodeOf(transition(state, change).state)];
        return from === to ? [] : [edge(from, to, change.type)];
      }),
    );

    expect([...diagram.edges].sort()).toEqual([...new Set(led)].sort());
  });
});

describe('the table of the changes', () => {
  const rows = readTable(PAGE, 'The states');

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
    const named = readTable(PAGE, 'Why nobody is signed in').flatMap(([change = '', reasons = '']) =>
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

/** By the moments that the page names; their callers are those of docs/errors.md, which has a test of its own. */
const MOMENTS: Readonly<Record<string, readonly [InternalState, ...SessionChange[]]>> = {
  'sign-in': [SIGNED_OUT, { type: 'signedIn', active: HELD }],
  renewal: [
    signedInState(HELD),
    { type: 'renewalStarted', sid: HELD.sid },
    { type: 'renewed', active: NEWER, origin: 'thisTab' },
  ],
  'renewal by another tab': [signedInState(HELD), { type: 'renewed', active: NEWER, origin: 'otherTab' }],
  restore: [INITIAL_STATE, { type: 'restored', active: HELD, live: true }],
  'sign-out': [signedInState(HELD), { type: 'signedOut' }],
  'sign-out in another tab': [signedInState(HELD), { type: 'signedOutElsewhere', sid: HELD.sid }],
  'user switch, by `setTokens`': [signedInState(HELD), { type: 'signedIn', active: OTHER_USER }],
  'user switch in another tab': [signedInState(HELD), { type: 'replaced', sid: HELD.sid, by: OTHER_USER }],
};

describe('the table of the order', () => {
  const rows = readTable(PAGE, 'Order of events');

  it('has the moments that are tested', () => {
    expect(rows.map(([moment]) => moment)).toEqual(Object.keys(MOMENTS));
  });

  it.each(Object.keys(MOMENTS))('is right: %s', (moment) => {
    const [first = INITIAL_STATE, ...changes] = MOMENTS[moment] ?? [];
    const [, told = ''] = rows.find(([name]) => name === moment) ?? [];

    expect(told.replace(/, the callers?$/, '').replaceAll(' (the new user)', '')).toBe(
      orderOf(first, changes).join(', '),
    );
  });
});

describe('the table of the record', () => {
  it('has its fields, and no others', () => {
    const fields = readTable(PAGE, 'One renewal').map(([field]) => field);

    expect(fields).toEqual(Object.keys(LEDGER_FIELDS).map(inCode));
  });
});

describe('the table of the numbers', () => {
  it('has every number of the code, and no others', () => {
    const told = readTable(PAGE, 'Numbers').map(([name, file, value]) => `${file} ${name} ${value}`);

    expect([...told].sort()).toEqual(numbersIn(LIB).sort());
  });

  it('says what each is for', () => {
    const meanings = readTable(PAGE, 'Numbers').map(([, , , meaning]) => meaning);

    expect(meanings.filter((meaning) => meaning === undefined || meaning === '')).toEqual([]);
  });
});

describe('the examples', () => {
  const OWN_LINES = codeLines(readFileSync(__filename, 'utf8'));

  it('are those that this file compiles and runs', () => {
    const examples = [...PAGE.matchAll(/```ts\n(.*?)```/gs)].map(([, code = '']) => codeLines(code));

    expect(examples).toHaveLength(2);
    for (const example of examples) expect(OWN_LINES.join('\n')).toContain(example.join('\n'));
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
function banners(session: { readonly state$: Observable<SessionState> }): Observable<string> {
  function bannerOf(state: SessionState): string {
    switch (state.status) {
      case 'restoring':
        return 'One moment…';
      case 'signedOut':
        return state.reason === 'refreshTokenExpired' ? 'Please sign in again.' : 'You are signed out.';
      case 'signedIn':
        return `Hello, ${state.session.user.username}.`;
      case 'stale':
        return state.error.retryable ? 'Reconnecting…' : 'Something is wrong. We know of it.';
    }
  }

  const banner$ = session.state$.pipe(map(bannerOf));
  return banner$;
}

/** The second example of the page. */
function auditTo(
  session: { readonly events$: Observable<SessionEvent> },
  audit: (line: string) => void,
): void {
  session.events$.subscribe((event) => {
    if (event.type === 'sessionExpired' && event.final) audit(`The session ended: ${event.reason}.`);
    if (event.type === 'sessionReplaced')
      audit(`${event.session.user.username} is signed in now, by ${event.origin}.`);
    if (event.type === 'error') audit(`${event.error.code}: ${event.error.message}`);
  });
}

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

interface StateDiagram {
  readonly first: string;
  readonly states: ReadonlySet<string>;
  /** The states inside a state. */
  readonly parts: ReadonlyMap<string, ReadonlySet<string>>;
  readonly edges: ReadonlySet<string>;
}

/** Reads the part of Mermaid that the page needs; throws for every other line, so that nothing odd gets in. */
function readStateDiagram(markdown: string): StateDiagram {
  const [, text = ''] = /```mermaid\nstateDiagram-v2\n(.*?)```/s.exec(markdown) ?? [];
  const states = new Set<string>();
  const parts = new Map<string, Set<string>>();
  const firsts = new Map<string | null, string>();
  const arrows: { readonly from: string; readonly to: string; readonly types: readonly string[] }[] = [];
  let around: string | null = null;
  for (const line of text.split('\n').map((line) => line.trim())) {
    const [, opened] = /^state (\w+) \{$/.exec(line) ?? [];
    const [, start] = /^\[\*\] --> (\w+)$/.exec(line) ?? [];
    const [, from, to, labels] = /^(\w+) --> (\w+): ([\w, ]+)$/.exec(line) ?? [];
    const members = around === null ? states : (parts.get(around) ?? new Set());
    if (opened !== undefined) {
      around = opened;
      parts.set(opened, new Set());
    } else if (line === '}') around = null;
    else if (start !== undefined) {
      firsts.set(around, start);
      members.add(start);
    } else if (from !== undefined && to !== undefined && labels !== undefined) {
      members.add(from).add(to);
      arrows.push({ from, to, types: labels.split(', ') });
    } else if (line !== '') throw new Error(`Not understood: ${line}`);
  }
  const edges = arrows.flatMap(({ from, to, types }) =>
    // Out of a state from all its parts, into it by its first.
    [...(parts.get(from) ?? [from])].flatMap((source) =>
      types.map((type) => edge(source, firsts.get(to) ?? to, type)),
    ),
  );
  return { first: firsts.get(null) ?? '', states, parts, edges: new Set(edges) };
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

/** The constants that have something to do with time, as the table writes them. Units are no numbers of the library. */
function numbersIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.spec.ts'))
    .flatMap((name) => {
      const source = readFileSync(join(folder, name), 'utf8');
      const file = relative(LIB, join(folder, name)).replaceAll('\\', '/');
      return [...source.matchAll(/^(?:export )?const ([A-Z][A-Z_]*)(?:: number)? = (.+);$/gm)]
        .filter(([, constant = '']) => /_(?:MS|SECONDS|SHARE|JITTER|COUNT)$/.test(constant))
        .filter(([, constant = '']) => !['SECOND_MS', 'DAY_MS'].includes(constant))
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
  return value < SECOND_MS ? `${value} ms` : `${value / SECOND_MS} s`;
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
