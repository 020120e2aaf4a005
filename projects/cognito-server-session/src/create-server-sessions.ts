import { UserPoolClient } from './cognito/user-pool-client';
import { createTokenVerifier } from './cognito/verify-tokens';
import { resolveOptions } from './config/resolve-options';
import type { ServerSessionsOptions } from './config/server-sessions-options';
import { clearedSessionCookie } from './cookies/session-cookie';
import { importMasterKeys } from './crypto/seal';
import { NoSessionError } from './errors/server-session-error';
import { verifyCsrf } from './routes/csrf';
import { handleRequest } from './routes/handle-request';
import type { ServerSessions } from './server-sessions';
import { apiFetch } from './sessions/api-fetch';
import { endSession, findKey, findSession, findSignIn, secretOfRequest } from './sessions/find-session';
import { Renewals } from './sessions/renewals';
import { createRevocation } from './sessions/revoke-tokens';
import type { ServerSession, SessionHandle } from './sessions/server-session';
import { endAllSessionsOf, endSessionOf, listSessions } from './sessions/session-list';
import { renewalContextOf, type SessionParts } from './sessions/session-parts';
import { signIn } from './sessions/sign-in';

/**
 * Keeps the sessions of an app on its server: the browser holds a cookie, the store holds sealed tokens. Create one for the
 * whole process. Does nothing until it is used. Throws a `ConfigurationError` that names the option.
 *
 * ```ts
 * const sessions = createServerSessions({
 *   store: new MemorySessionStore(),
 *   userPoolId: 'eu-west-1_AbCdEf123',
 *   clientId: '1example23456789',
 *   appOrigin: 'https://app.example.com',
 * });
 * ```
 */
export function createServerSessions(options: ServerSessionsOptions): ServerSessions {
  const parts = createParts(options);
  const handles = new WeakMap<ServerSession, SessionHandle>();
  const known = (handle: SessionHandle) => {
    handles.set(handle.session, handle);
    return handle.session;
  };
  const handleOf = (session: ServerSession) => {
    const handle = handles.get(session);
    if (handle === undefined) throw new TypeError('The session is a copy, or one of other sessions.');
    return handle;
  };
  const get = async (request: Request) => {
    const handle = await findSession(parts, request);
    return handle && known(handle);
  };
  const keyOf = async (request: Request) => {
    const key = await findKey(parts, request);
    if (key === null) throw new NoSessionError();
    return key;
  };
  /** Resolves with whether there was a session. */
  const endOwn = async (request: Request) => {
    const secret = await secretOfRequest(parts.options, request);
    return secret !== null && endSession(await renewalContextOf(parts, secret));
  };
  const sessions: Omit<ServerSessions, 'handle'> = {
    verifyCsrf: (request) => verifyCsrf(request, parts.options.appOrigin),
    get,
    signIn: async (tokens, request) => {
      const { handle, setCookie } = await signIn(parts, tokens, request);
      return { session: known(handle), setCookie };
    },
    signOut: async (request) => ({
      hadSession: await endOwn(request),
      setCookie: clearedSessionCookie(parts.options),
      logoutUrl: logoutUrl(parts),
    }),
    signOutEverywhere: (sub) => endAllSessionsOf(parts, sub),
    list: async (request) => listSessions(parts, await keyOf(request)),
    end: async (request, id) => {
      const { sub, sidHash } = await keyOf(request);
      if (sidHash !== id) return endSessionOf(parts, { sub, sidHash: id });
      // Its own cookie opens its refresh token, without a master key.
      return { removed: (await endOwn(request)) ? 1 : 0, notRevoked: 0 };
    },
    fetch: async (session, request) => apiFetch(parts.options, handleOf(session), request),
  };
  const { options: resolved, revoke } = parts;
  return {
    ...sessions,
    handle: (request) =>
      handleRequest(
        { options: resolved, sessions, revoke, signInOf: (own) => findSignIn(parts, own) },
        request,
      ),
  };
}

function createParts(given: ServerSessionsOptions): SessionParts {
  const options = resolveOptions(given);
  const cognito = new UserPoolClient(options);
  let masterKeys: Promise<readonly CryptoKey[]> | undefined;
  return {
    options,
    cognito,
    verify: createTokenVerifier(options),
    revoke: createRevocation(cognito, options),
    renewals: new Renewals(),
    masterKeys: () => (masterKeys ??= importMasterKeys(options.masterKeys)),
  };
}

/** Managed login's own sign-out. */
function logoutUrl({ options: { domain, clientId, logoutUri } }: SessionParts): string | null {
  if (domain === null) return null;
  const query = new URLSearchParams({ client_id: clientId, logout_uri: logoutUri });
  return `${domain}/logout?${query.toString()}`;
}
