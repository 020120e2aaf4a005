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

describe('the pages about errors and failures', () => {
  it('says of every error of a refresh what its test says', () => {
    const described = readTable(FAILURES, 'When a refresh fails').map((cells) => cells.slice(0, 5));

    expect(described).toEqual(refreshErrorRows.map(cellsOf));
  });

  it('says for every error of a refresh what an app does', () => {
    const advice = readTable(FAILURES, 'When a refresh fails').map((cells) => cells[5] ?? '');

    expect(advice.filter((text) => text === '')).toEqual([]);
    expect(advice.length).toBeGreaterThan(0);
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
