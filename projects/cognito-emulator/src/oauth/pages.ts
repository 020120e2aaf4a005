import { htmlAnswer, type Answer } from '../http/answer';
import { ServiceError, notImplemented } from '../http/service-error';
import { optionalString, type CallInput } from '../operations/call-input';
import { checkPassword, requireUsable, type Credentials } from '../operations/password-sign-in';
import { dueChallenge } from '../operations/proceed';
import { seedUser } from '../pool/seed-pool';
import type { User } from '../pool/user';
import { findClient, type World } from '../pool/world';
import { isAllowed, parseAuthorizeRequest, type AuthorizeRequest } from './authorize-request';
import { LOGIN_COOKIE } from './managed-login-sessions';
import { errorPage, formPage } from './form-page';

export interface PageRequest {
  readonly url: URL;
  readonly form: CallInput;
  readonly cookie: string | undefined;
}

/** `GET /oauth2/authorize`: back to the app immediately if a user is signed in here, otherwise the form. */
export function authorizePage(world: World, { url, cookie }: PageRequest): Answer {
  const request = parseAuthorizeRequest(world, Object.fromEntries(url.searchParams));
  if ('error' in request)
    return backToApp(request.redirectUri, { error: request.error, state: request.state });
  const now = world.clock.now();
  const username = request.found.client.autoApprove ?? world.managedLogin.sessions.usernameOf(cookie, now);
  const user = request.found.pool.findUser(username ?? '');
  const isAskedAgain = request.prompt !== undefined && request.prompt !== 'none';
  if (user !== undefined && !isAskedAgain) return grantCode(world, request, user);
  if (request.prompt === 'none')
    return backToApp(request.redirectUri, { error: 'login_required', state: request.state });
  return form(`/login${url.search}`, request, null);
}

/** `GET /signup`: the form for a new user. */
export function signUpPage(world: World, { url }: PageRequest): Answer {
  const request = parseAuthorizeRequest(world, Object.fromEntries(url.searchParams));
  return 'error' in request
    ? backToApp(request.redirectUri, { error: request.error, state: request.state })
    : form(`/signup${url.search}`, request, null);
}

/** `POST /login`: what the form sends, with the query of the authorization request. */
export function loginPage(world: World, request: PageRequest): Answer {
  return submit(world, request, ({ found: { pool, client } }, credentials) => {
    const user = checkPassword(pool, client, credentials);
    requireUsable(user);
    const challenge = dueChallenge({ pool, user });
    if (challenge !== null) throw notImplemented(`a page for ${challenge}`);
    return user;
  });
}

/** `POST /signup`: the new user is confirmed at once. */
export function newUserPage(world: World, request: PageRequest): Answer {
  return submit(world, request, ({ found: { pool } }, credentials) => {
    if (pool.findUser(credentials.username) !== undefined)
      throw new ServiceError('UsernameExistsException', 'User already exists');
    const user = seedUser(credentials);
    pool.users.set(user.username, user);
    return user;
  });
}

function submit(
  world: World,
  { url, form: input }: PageRequest,
  userOf: (request: AuthorizeRequest, credentials: Credentials) => User,
): Answer {
  const request = parseAuthorizeRequest(world, Object.fromEntries(url.searchParams));
  if ('error' in request)
    return backToApp(request.redirectUri, { error: request.error, state: request.state });
  if (optionalString(input, 'cancel') !== undefined) return cancelled(request);
  try {
    const user = userOf(request, {
      username: optionalString(input, 'username') ?? '',
      password: optionalString(input, 'password') ?? '',
    });
    const id = world.managedLogin.sessions.start(user.username, world.clock.now());
    const answer = grantCode(world, request, user);
    const cookie = `${LOGIN_COOKIE}=${id}; Path=/; HttpOnly; SameSite=Lax; Max-Age=3600`;
    return { ...answer, headers: { ...answer.headers, 'Set-Cookie': cookie } };
  } catch (error) {
    if (error instanceof ServiceError) return form(url.pathname + url.search, request, error.message);
    throw error;
  }
}

function cancelled({ redirectUri, state }: AuthorizeRequest): Answer {
  return backToApp(redirectUri, { error: 'access_denied', error_description: 'User cancelled', state });
}

/** `GET /logout`: ends the pages' own session, not the app's tokens, and goes to `logout_uri` or back to sign-in. */
export function logoutPage(world: World, { url, cookie }: PageRequest): Answer {
  const found = findClient(world, url.searchParams.get('client_id') ?? '');
  if (found === undefined) throw new ServiceError('BadRequest', 'Client does not exist');
  const headers = { 'Set-Cookie': `${LOGIN_COOKIE}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0` };
  const logoutUri = url.searchParams.get('logout_uri');
  if (logoutUri === null && url.searchParams.has('redirect_uri')) {
    world.managedLogin.sessions.end(cookie);
    return redirect(`/oauth2/authorize${url.search}`, headers);
  }
  if (logoutUri === null || !isAllowed(found.client.logoutUris, logoutUri))
    throw new ServiceError('BadRequest', 'Required String parameter logout_uri is missing or not allowed');
  world.managedLogin.sessions.end(cookie);
  return redirect(logoutUri, headers);
}

/** Errors of the pages are pages. */
export function pageError({ message, status, type }: ServiceError): Answer {
  return { ...htmlAnswer(errorPage(message), status), errorType: type };
}

function grantCode(world: World, request: AuthorizeRequest, user: User): Answer {
  const { found, redirectUri, scope, nonce, codeChallenge, resource } = request;
  const grant = {
    clientId: found.client.clientId,
    username: user.username,
    redirectUri,
    scope,
    nonce,
    codeChallenge,
    resource,
  };
  const code = world.managedLogin.codes.issue(grant, world.clock.now());
  return backToApp(redirectUri, { code, state: request.state });
}

function form(action: string, { found, shown }: AuthorizeRequest, problem: string | null): Answer {
  return htmlAnswer(formPage({ ...shown, action, clientId: found.client.clientId, problem }));
}

function backToApp(redirectUri: string, parameters: Readonly<Record<string, string | undefined>>): Answer {
  const target = new URL(redirectUri);
  for (const [name, value] of Object.entries(parameters))
    if (value !== undefined) target.searchParams.set(name, value);
  return redirect(target.href, {});
}

function redirect(location: string, headers: Readonly<Record<string, string>>): Answer {
  return { status: 302, headers: { Location: location, 'Cache-Control': 'no-store', ...headers }, body: '' };
}
