import type { SessionState } from 'ngx-cognito-session';

/** Claims that say nothing about the person. Every other one is hidden at first, also those of a user pool's own. */
const IMPERSONAL: readonly string[] = [
  'iss',
  'aud',
  'client_id',
  'token_use',
  'scope',
  'iat',
  'exp',
  'auth_time',
  'version',
  'cognito:groups',
  'email_verified',
  'phone_number_verified',
];
/** Unix seconds. */
const TIMES: readonly string[] = ['iat', 'exp', 'auth_time'];

/** A claim as it is shown. */
export interface ShownClaim {
  readonly name: string;
  readonly value: string;
}

/** The claims of a token. `isAll`: also those about the person. Pure. */
export function shownClaims(
  claims: Readonly<Record<string, unknown>>,
  isAll: boolean,
): readonly ShownClaim[] {
  return Object.entries(claims).map(([name, value]) => ({
    name,
    value: isAll || IMPERSONAL.includes(name) ? claimText(name, value) : 'hidden',
  }));
}

/** The claims of both tokens; `null`: there is no such token. Pure. */
export function claimsOf(
  state: SessionState,
): readonly (readonly [string, Readonly<Record<string, unknown>> | null])[] {
  if (!('session' in state)) return [];
  const { accessClaims, idClaims } = state.session;
  return [
    ['Access token', accessClaims],
    ['ID token', idClaims],
  ];
}

function claimText(name: string, value: unknown): string {
  if (typeof value === 'number' && TIMES.includes(name)) return `${value} (${timeText(value)})`;
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function timeText(seconds: number): string {
  const date = new Date(seconds * 1000);
  return Number.isNaN(date.getTime()) ? 'not a time' : date.toISOString();
}
