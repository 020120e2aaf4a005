import type { Attempt, Backoff, RecordReading } from './session-record';

/** A token as it can be shown. */
export interface TokenView {
  /** Characters. */
  readonly length: number;
  /** `exp` of a JWT, Unix seconds in server time; `null` for an opaque token. */
  readonly expiresAt: number | null;
}

/** The stored record without tokens. Identifiers are shortened. */
export interface RecordView {
  /** Whether there is a record, and whether it can be read. `tombstone`: the session has ended. */
  readonly status: 'session' | 'tombstone' | 'none' | 'future' | 'corrupt';
  /** Shortened; names the sign-in, also one that has ended. */
  readonly sid?: string;
  /** Grows by one with each refresh. */
  readonly gen?: number;
  /** When the session began or ended: epoch ms, device time. */
  readonly since?: number;
  /** Server minus device, seconds. */
  readonly clockDrift?: number;
  /** The tokens, by their names. */
  readonly tokens?: Readonly<Record<string, TokenView>>;
  /** Refreshes whose outcome is unknown. */
  readonly attempts?: readonly Attempt[];
  /** The wait after a transient failure. */
  readonly backoff?: Backoff;
  /** Why Cognito rejected the refresh token, or why the session ended. */
  readonly reason?: string;
}

const SHOWN_OF_ID = 8;
const TOKENS = ['accessToken', 'idToken', 'refreshToken'] as const;

/** What can be shown of a record: named fields alone, so that no token is among them. Pure. */
export function recordView(reading: RecordReading, expiryOf: (token: string) => number | null): RecordView {
  if (typeof reading === 'string') return { status: reading };
  const { since } = reading;
  if (reading.sid === null)
    return {
      status: 'tombstone',
      sid: shortened(reading.ended),
      since,
      ...(reading.reason !== undefined && { reason: reading.reason }),
    };
  const { sid, gen: generation, tokens, attempts, backoff, refused, spare } = reading;
  const found = [...TOKENS.map((name) => [name, tokens[name]] as const), ['spare', spare] as const];
  return {
    status: 'session',
    sid: shortened(sid),
    gen: generation,
    since,
    clockDrift: tokens.clockDrift,
    tokens: Object.fromEntries(
      found.flatMap(([name, token]) =>
        token === undefined ? [] : [[name, { length: token.length, expiresAt: expiryOf(token) }]],
      ),
    ),
    attempts: attempts.map(({ id, gen, at, locked }) => ({ id: shortened(id), gen, at, locked })),
    ...(backoff !== undefined && {
      backoff: { code: backoff.code, count: backoff.count, until: backoff.until },
    }),
    ...(refused !== undefined && { reason: refused }),
  };
}

function shortened(id: string): string {
  return id.slice(0, SHOWN_OF_ID);
}
