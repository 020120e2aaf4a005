import type { TokenInput } from '../../ngx-cognito-session/src/lib/core/token-input';
import type { EndedSessions, SessionSummary } from './sessions/session-list';
import type { ServerSession } from './sessions/server-session';

/** A sign-in with tokens: send the cookie to the browser. */
export interface SignInResult {
  /** The value of the `Set-Cookie` header. */
  readonly setCookie: string;
  /** The session that has begun. */
  readonly session: ServerSession;
}

/** A sign-out: send the cookie to the browser. */
export interface SignOutResult {
  /** The value of the `Set-Cookie` header, which removes the cookie. */
  readonly setCookie: string;
  /** Whether the request had a session. */
  readonly hadSession: boolean;
  /** Managed login's own sign-out: navigate there, or the next sign-in needs no password. `null` without the option `domain`. */
  readonly logoutUrl: string | null;
}

/** The sessions of an app. */
export interface ServerSessions {
  /**
   * Serves the routes below `basePath`; `null` for any other request. Errors become answers.
   *
   * ```ts
   * const response = (await sessions.handle(request)) ?? (await renderPage(request));
   * ```
   */
  handle(request: Request): Promise<Response | null>;
  /**
   * Checks that a request comes from a page of the app, by the same rule as the routes: the header `X-CSRF: 1`, and for methods
   * other than GET an exact `Origin`. Call it before a request changes anything. Throws a `ForbiddenRequestError`.
   */
  verifyCsrf(request: Request): void;
  /**
   * The session of a request, with tokens that are valid now; `null` if it has none. Rejects with a `SessionUnavailableError`
   * if that cannot be decided now: answer it with 503, and never with 401.
   *
   * ```ts
   * const session = await sessions.get(request);
   * if (session === null) return new Response(null, { status: 401 });
   * ```
   */
  get(request: Request): Promise<ServerSession | null>;
  /**
   * Begins a session for an app with its own sign-in. Checks signature, issuer, app client, use and expiry of the tokens. The
   * session that `request` brought along ends. Rejects with an `InvalidTokensError` or a `SessionUnavailableError`.
   *
   * ```ts
   * const { setCookie } = await sessions.signIn(authenticationResult, request);
   * return new Response(null, { status: 204, headers: { 'Set-Cookie': setCookie } });
   * ```
   */
  signIn(tokens: TokenInput, request?: Request): Promise<SignInResult>;
  /**
   * Ends the session of a request: removes it, then revokes its refresh token, best effort. It is final: a refresh that finishes
   * later revokes its own result. Rejects with a `SessionUnavailableError` if the session could not be removed.
   */
  signOut(request: Request): Promise<SignOutResult>;
  /** Ends all sessions of a user. Refresh tokens are revoked with the option `masterKey`; without it the result counts them. */
  signOutEverywhere(sub: string): Promise<EndedSessions>;
  /** The sessions of the user of a request. Rejects with a `NoSessionError`. */
  list(request: Request): Promise<readonly SessionSummary[]>;
  /** Ends a session of the user of a request, by its id; the own one as `signOut` does. Rejects with a `NoSessionError`. */
  end(request: Request, id: string): Promise<EndedSessions>;
  /**
   * `fetch` with the access token, which goes to the origins in `apiOrigins` and nowhere else. After a 401 it is sent once more
   * with another token, if there is one. Rejects as `session.accessToken` and `fetch` do, and with a
   * `TypeError` for a copy of a session: `{ ...session }` has no tokens.
   *
   * ```ts
   * const answer = await sessions.fetch(session, new Request('https://api.example.com/orders'));
   * ```
   */
  fetch(session: ServerSession, request: Request): Promise<Response>;
}
