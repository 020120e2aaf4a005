import type { ResolvedOptions } from '../config/resolved-options';
import { cookieOf, cookiesOf, setCookie } from '../cookies/session-cookie';
import { textFromBase64Url, textToBase64Url } from '../crypto/base64url';
import { isEqualInConstantTime } from '../crypto/constant-time';
import { LOGIN_LIFETIME_MS, MAX_OPEN_LOGINS, SECOND_MS } from '../model/numbers';

type Options = Pick<ResolvedOptions, 'cookieName' | 'isSecure'>;

/** A login that has left for managed login. Each has a cookie of its own, so that two tabs can sign in at the same time. */
export interface LoginTransaction {
  readonly state: string;
  readonly nonce: string;
  readonly codeVerifier: string;
  readonly returnUrl: string;
  /** Epoch ms. */
  readonly startedAt: number;
}

/** The `Set-Cookie` value of a login. Always `Lax`: the callback is a navigation from another site. */
export function transactionCookie(transaction: LoginTransaction, options: Options): string {
  const value = textToBase64Url(JSON.stringify(transaction));
  const lifetime = { maxAge: LOGIN_LIFETIME_MS / SECOND_MS, sameSite: 'lax' as const };
  return setCookie(nameOf(transaction.state, options), value, lifetime, options);
}

export function clearedTransactionCookie(state: string, options: Options): string {
  return clearedCookie(nameOf(state, options), options);
}

/** The login that this state belongs to; `null` if this browser has not started it, or too long ago. */
export function findTransaction(
  request: Request,
  state: string,
  { now, ...options }: Options & Pick<ResolvedOptions, 'now'>,
): LoginTransaction | null {
  const found = parse(cookieOf(request, nameOf(state, options)));
  if (found === null || !isEqualInConstantTime(found.state, state)) return null;
  // The clock of another instance may be a little ahead. A login of next year is none: it would never end.
  return Math.abs(now() - found.startedAt) < LOGIN_LIFETIME_MS ? found : null;
}

/** The `Set-Cookie` values that make room for another login: a header with many abandoned ones would be refused. */
export function forgottenTransactionCookies(request: Request, options: Options): readonly string[] {
  const prefix = nameOf('', options);
  const open = Object.entries(cookiesOf(request))
    .filter(([name]) => name.startsWith(prefix))
    .map(([name, value]) => ({ name, startedAt: parse(value)?.startedAt ?? 0 }))
    .sort((a, b) => b.startedAt - a.startedAt);
  return open.slice(MAX_OPEN_LOGINS - 1).map(({ name }) => clearedCookie(name, options));
}

function clearedCookie(name: string, options: Options): string {
  return setCookie(name, '', { maxAge: 0, sameSite: 'lax' }, options);
}

const NAME_LENGTH = 12;

/** A part of the state names the cookie; the whole state is inside. */
function nameOf(state: string, { cookieName }: Options): string {
  return `${cookieName}-login-${state.slice(0, NAME_LENGTH).replace(/[^\w-]/g, '')}`;
}

function parse(value = ''): LoginTransaction | null {
  try {
    // Throws for what is no JSON, as an empty text is, and below for `null`.
    const login = JSON.parse(textFromBase64Url(value) ?? '') as LoginTransaction;
    return isComplete(login) ? login : null;
  } catch {
    return null;
  }
}

function isComplete(login: Readonly<Record<keyof LoginTransaction, unknown>>): login is LoginTransaction {
  const { state, nonce, codeVerifier, returnUrl, startedAt } = login;
  const texts = [state, nonce, codeVerifier, returnUrl];
  return texts.every((text) => typeof text === 'string' && text !== '') && Number.isFinite(startedAt);
}
