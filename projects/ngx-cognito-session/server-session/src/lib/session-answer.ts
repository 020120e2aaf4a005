import {
  SessionError,
  type AccessTokenClaims,
  type IdTokenClaims,
  type ɵTokenlessSession,
} from 'ngx-cognito-session';

/** What a server knows of the session of a request; `null`: no user is signed in. */
export type FoundSession = ɵTokenlessSession | null;

/**
 * Reads what `GET session` answers, what the request context holds and what is transferred to the browser. `undefined`: it is
 * something else. Only claims and times are taken over. Pure.
 */
export function readSession(value: unknown): FoundSession | undefined {
  if (value === null) return null;
  if (!isObject(value)) return undefined;
  const { accessClaims, idClaims = null, endsAt = null } = value;
  const endsAtMs = endsAt === null ? null : timeOf(endsAt);
  if (!areClaims(accessClaims) || Number.isNaN(endsAtMs)) return undefined;
  if (idClaims !== null && !(areClaims(idClaims) && idClaims['sub'] === accessClaims['sub']))
    return undefined;
  return {
    accessClaims: accessClaims as unknown as AccessTokenClaims,
    idClaims: idClaims as IdTokenClaims | null,
    endsAtMs,
  };
}

/** The form in which a session is transferred to the browser: {@link readSession} reads it. Pure. */
export function transferable(found: FoundSession): object | null {
  if (found === null) return null;
  const { accessClaims, idClaims, endsAtMs } = found;
  return { accessClaims, idClaims, endsAt: endsAtMs === null ? null : new Date(endsAtMs).toISOString() };
}

/** An answer of one of the routes. */
export interface RouteAnswer {
  readonly status: number;
  /** The body, if it is JSON; else `undefined`. */
  readonly body: unknown;
  /** The `Date` header, epoch ms; `NaN` without one. */
  readonly dateMs: number;
}

/**
 * The session that `GET session` names. Throws for every other answer: it says nothing of the session, which goes on. Pure.
 */
export function sessionOfAnswer(answer: RouteAnswer): FoundSession {
  const found = answer.status === 200 ? readSession(answer.body) : undefined;
  if (found === undefined) throw answerError(answer, 'session');
  return found;
}

/** The page of managed login that ends its own session; `null`: there is none. Throws if the session was not ended. Pure. */
export function logoutUrlOfAnswer(answer: RouteAnswer): string | null {
  const { status, body } = answer;
  if (status !== 200 || !isObject(body)) throw answerError(answer, 'signout');
  const { logoutUrl } = body;
  // No other scheme runs a script or leaves the web.
  return typeof logoutUrl === 'string' && /^https?:\/\//.test(logoutUrl) ? logoutUrl : null;
}

/** The ids of the user's other sessions. Throws for every other answer. Pure. */
export function otherSessionsOfAnswer(answer: RouteAnswer): readonly string[] {
  const { status, body } = answer;
  if (status !== 200 || !Array.isArray(body)) throw answerError(answer, 'sessions');
  return body.flatMap((entry: unknown) =>
    isObject(entry) && entry['isCurrent'] !== true && typeof entry['id'] === 'string' ? [entry['id']] : [],
  );
}

/** Throws unless another session has been ended. Pure. */
export function checkEnded(answer: RouteAnswer): void {
  if (answer.status !== 200) throw answerError(answer, 'sessions');
}

function answerError({ status }: RouteAnswer, route: string): SessionError {
  const message = `The route ${route} of the server answered with ${status}.`;
  if (status === 429) return new SessionError('throttled', message);
  if (status === 403) return new SessionError('refused', message);
  return new SessionError(status >= 500 ? 'serviceError' : 'invalidResponse', message);
}

function timeOf(text: unknown): number {
  return typeof text === 'string' ? Date.parse(text) : NaN;
}

/** The end of the year 9999: later times leave the range of `Date`. */
const LAST_SECOND = 253_402_300_799;

function areClaims(value: unknown): value is Record<string, unknown> {
  if (!isObject(value)) return false;
  const { sub, iat, exp } = value;
  return typeof sub === 'string' && sub !== '' && isTime(iat) && isTime(exp);
}

function isTime(value: unknown): boolean {
  return typeof value === 'number' && value > 0 && value <= LAST_SECOND;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
