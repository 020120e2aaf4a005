import type { CognitoClaims } from 'ngx-cognito-session';

/** A claim as a person reads it. */
export interface ClaimRow {
  readonly name: string;
  readonly value: string;
  /** What the value means, if it does not say so. */
  readonly note: string;
}

const SECONDS = ['auth_time', 'iat', 'exp'];

/** The claims of a token in the order of the token. Times are Unix seconds; `zone` is for tests. Pure. */
export function claimRows(claims: Readonly<CognitoClaims>, zone?: string): readonly ClaimRow[] {
  return Object.entries(claims).map(([name, value]) => ({
    name,
    value: typeof value === 'string' ? value : JSON.stringify(value),
    note: SECONDS.includes(name) && typeof value === 'number' ? timeOf(value, zone) : '',
  }));
}

function timeOf(seconds: number, timeZone: string | undefined): string {
  return new Date(seconds * 1000).toLocaleString('en-GB', timeZone === undefined ? {} : { timeZone });
}
