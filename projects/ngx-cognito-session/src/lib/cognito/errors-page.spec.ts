import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { readTable } from '../../../testing-support/markdown-table';
import { refreshErrorRows, type RefreshOutcome } from '../../../testing-support/refresh-error-rows';
import { SessionError } from '../errors/session-error';
import type { SessionErrorCode } from '../errors/session-error-code';

const page = (name: string) => readFileSync(resolve('projects/docs/reference', name), 'utf8');
const ERRORS = page('errors.md');
const FAILURES = page('refresh-failures.md');

/** The page groups the codes by what they ask of an app. */
const GROUPS = [
  'Your call or configuration',
  'Temporary trouble',
  'Sign-in with managed login',
  'Why a session ended',
];

/** A record, so that the compiler asks for a code that is new. */
const EVERY_CODE: Readonly<Record<SessionErrorCode, true>> = {
  invalidConfiguration: true,
  invalidToken: true,
  noSession: true,
  noIdToken: true,
  noRefreshToken: true,
  tokensOnServer: true,
  restoreTimeout: true,
  superseded: true,
  networkError: true,
  timeout: true,
  rotationPending: true,
  throttled: true,
  serviceError: true,
  invalidResponse: true,
  refused: true,
  storageError: true,
  signInCancelled: true,
  callbackInvalid: true,
  signInFailed: true,
  signedOut: true,
  signedOutElsewhere: true,
  userSwitched: true,
  storageCleared: true,
  storageUnreadable: true,
  configurationFailed: true,
  refreshTokenExpired: true,
  rotationLost: true,
  userNotFound: true,
  passwordResetRequired: true,
  userNotConfirmed: true,
  sessionEnded: true,
  tokensExpired: true,
  idle: true,
};

/** Failures with the same outcome share a table; a sentence before it says what the outcome is. */
const OUTCOME = /^State: (.+)\. Events: (.+)\. `retryable`: (\w+)\.$/m;
const ALIKE = ['The session ends', 'The configuration is wrong', 'Trouble passes'];
const APART = 'Nothing is wrong with the session';

function rowsAlike(heading: string): readonly (readonly string[])[] {
  const section = FAILURES.slice(FAILURES.indexOf(`### ${heading}\n`));
  const [, state = '', events = '', retryable = ''] = OUTCOME.exec(section) ?? [];
  return readTable(FAILURES, heading).map(([happens = '', code = '', advice = '']) => [
    ...[happens, code, retryable, state, events],
    advice,
  ]);
}

/** As the test of each failure has them. */
const failures = [...ALIKE.flatMap(rowsAlike), ...readTable(FAILURES, APART)];

describe('the pages about errors and failures', () => {
  it('says of every error of a refresh what its test says', () => {
    const described = failures.map((cells) => cells.slice(0, 5).join(' | '));

    expect([...described].sort()).toEqual(refreshErrorRows.map((row) => cellsOf(row).join(' | ')).sort());
  });

  it('says for every error of a refresh what an app does, or why it happens', () => {
    expect(failures.filter(([, , , , , advice]) => advice === '')).toEqual([]);
  });

  it('explains every code once, and whether it is retryable', () => {
    const explained = GROUPS.flatMap((group) => readTable(ERRORS, group)).map(
      ([code = '', retryable]) => `${code} ${retryable}`,
    );

    const codes = Object.keys(EVERY_CODE) as SessionErrorCode[];
    const expected = codes.map(
      (code) => `${inCode(code)} ${yesOrNo(new SessionError(code, 'It failed.').retryable)}`,
    );
    expect([...explained].sort()).toEqual(expected.sort());
  });

  it('names no code that does not exist', () => {
    const named = readTable(FAILURES, 'Storage').map(([, code]) => code);

    expect(named.filter((code) => !(code !== undefined && code.slice(1, -1) in EVERY_CODE))).toEqual([]);
    expect(named.length).toBeGreaterThan(0);
  });
});

function cellsOf(row: (typeof refreshErrorRows)[number]): readonly string[] {
  const error = row.verdict === 'healed' ? ['none', ''] : [inCode(row.code), yesOrNo(row.retryable)];
  return [
    row.happens.endsWith('Exception') ? inCode(row.happens) : row.happens,
    ...error,
    atEachMoment(row.outcome, ({ status }) => inCode(status)),
    atEachMoment(row.outcome, ({ events }) => events.map(inCode).join(', ') || 'none'),
  ];
}

function atEachMoment(
  { alive, dead }: RefreshOutcome,
  text: (told: RefreshOutcome['alive']) => string,
): string {
  return text(alive) === text(dead) ? text(alive) : `${text(alive)}; dead: ${text(dead)}`;
}

function inCode(text: string): string {
  return `\`${text}\``;
}

function yesOrNo(value: boolean): string {
  return value ? 'yes' : 'no';
}
