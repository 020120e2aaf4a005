// Everything in this file is loaded with the first sign-in or callback.
import * as oauth from 'oauth4webapi';
import type { SessionError, TokenInput } from 'ngx-cognito-session';
import type { Attempt } from './attempts';
import type { LoginSettings } from './login-settings';
import { callbackError, exchangeError } from './protocol-errors';
import type { ManagedSignInOptions } from './sign-in-options';

/** What managed login is asked for, decided. */
export type AskedSignIn = Omit<ManagedSignInOptions, 'returnUrl' | 'prompt'> & {
  readonly prompt: string | undefined;
};

/** A sign-in that is about to leave. */
export interface PreparedSignIn {
  /** The page of managed login. */
  readonly url: string;
  readonly state: string;
  /** What must be remembered until the callback. */
  readonly secrets: Pick<Attempt, 'codeVerifier' | 'nonce'>;
}

/** The callback of an attempt. */
export interface Callback {
  readonly parameters: URLSearchParams;
  readonly state: string;
  readonly attempt: Attempt;
}

/** The tokens just came from Cognito: their expiry is checked by the session, which knows the time of the server. */
const ANY_TIME_SECONDS = 100 * 365 * 86_400;

/** The address of managed login for a new sign-in, with new random values. */
export async function prepareSignIn(
  { domain, clientId, redirectUri, scopes, resource }: LoginSettings,
  options: AskedSignIn,
): Promise<PreparedSignIn> {
  const secrets = {
    codeVerifier: oauth.generateRandomCodeVerifier(),
    nonce: oauth.generateRandomNonce(),
  };
  const state = oauth.generateRandomState();
  const query = queryOf({
    response_type: 'code',
    client_id: clientId,
    redirect_uri: redirectUri,
    scope: scopes.join(' '),
    state,
    nonce: secrets.nonce,
    code_challenge: await oauth.calculatePKCECodeChallenge(secrets.codeVerifier),
    code_challenge_method: 'S256',
    resource,
    identity_provider: options.identityProvider,
    idp_identifier: options.idpIdentifier,
    lang: options.lang,
    login_hint: options.loginHint,
    prompt: options.prompt,
  });
  return {
    url: `${domain}${options.signUp === true ? '/signup' : '/oauth2/authorize'}?${query}`,
    state,
    secrets,
  };
}

/** The tokens for the code of a callback. */
export interface ExchangedTokens {
  readonly tokens: TokenInput;
  /** Why they must not be adopted. Cognito has issued them, so they have to be revoked. */
  readonly refusal?: SessionError;
}

/** The tokens for the code of a callback. Rejects with a `SessionError` if there are none. */
export async function exchangeCode(
  settings: LoginSettings,
  { parameters, state, attempt }: Callback,
  signal: AbortSignal,
): Promise<ExchangedTokens> {
  const { clientId, domain, issuers, redirectUri } = settings;
  const client: oauth.Client = { client_id: clientId, [oauth.clockTolerance]: ANY_TIME_SECONDS };
  const serverFor = (issuer: unknown): oauth.AuthorizationServer => ({
    issuer: issuers[1] === issuer ? issuers[1] : issuers[0],
    token_endpoint: `${domain}/oauth2/token`,
  });
  const server = serverFor(parameters.get('iss'));
  let code: URLSearchParams;
  try {
    code = oauth.validateAuthResponse(server, client, parameters, state);
    if (!code.has('code')) throw new Error('There is no code.');
  } catch (error) {
    throw callbackError(error);
  }
  try {
    const response = await oauth.authorizationCodeGrantRequest(
      server,
      client,
      oauth.None(),
      code,
      redirectUri,
      attempt.codeVerifier,
      {
        [oauth.customFetch]: (url, request) => send(url, { ...request, signal }),
        // For a local Cognito on this machine: other domains begin with https.
        // oxlint-disable-next-line typescript/no-deprecated -- marked as deprecated to stand out
        [oauth.allowInsecureRequests]: domain.startsWith('http:'),
      },
    );
    const unchecked = await uncheckedAnswer(response.clone());
    const checked = oauth.processAuthorizationCodeResponse(
      serverFor(issuerOf(unchecked?.id_token)),
      client,
      response,
      // Without the scope openid there is no ID token, and no nonce.
      { expectedNonce: settings.scopes.includes('openid') ? attempt.nonce : oauth.expectNoNonce },
    );
    return await checked.then(
      (tokens) => ({ tokens }),
      (error: unknown) => {
        if (typeof unchecked?.access_token !== 'string') throw error;
        return { tokens: unchecked, refusal: exchangeError(error) };
      },
    );
  } catch (error) {
    throw exchangeError(error);
  }
}

/** Without cookies and `Referer`. The library follows no redirect. */
function send(url: string, request: RequestInit): Promise<Response> {
  return fetch(url, { ...request, cache: 'no-store', credentials: 'omit', referrerPolicy: 'no-referrer' });
}

/** An answer before its checks. `null`: it is not JSON. It is read again, and reported. */
async function uncheckedAnswer(response: Response): Promise<oauth.TokenEndpointResponse | null> {
  return (await response.json().catch(() => null)) as oauth.TokenEndpointResponse | null;
}

/** The issuer that the ID token names, of which only the form counts. */
function issuerOf(idToken = ''): unknown {
  try {
    const payload = (idToken.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/');
    return (JSON.parse(atob(payload)) as { readonly iss?: unknown }).iss;
  } catch {
    // There is none, or it is malformed: the checks report it.
    return undefined;
  }
}

function queryOf(parameters: Readonly<Record<string, string | undefined>>): string {
  const given = Object.entries(parameters).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  return new URLSearchParams(given).toString();
}
