import * as oauth from 'oauth4webapi';
import { userPoolEndpoint } from '../../../ngx-cognito-session/src/lib/config/user-pool-endpoint';
import { readJwt } from '../../../ngx-cognito-session/src/lib/core/jwt-parts';
import { answeredInTime } from '../cognito/answered-in-time';
import { withClientSecret } from '../cognito/with-client-secret';
import type { ResolvedOptions } from '../config/resolved-options';
import {
  ConfigurationError,
  SessionUnavailableError,
  SignInFailedError,
} from '../errors/server-session-error';
import { systemNow } from '../platform/system-clock';
import { SECOND_MS } from '../model/numbers';
import type { RevokeTokens } from '../sessions/revoke-tokens';
import type { LoginTransaction } from './login-transaction';

/** Parameters of `GET login` that go to managed login as they are. */
const PASSED_ON = ['identity_provider', 'idp_identifier', 'lang', 'login_hint', 'prompt', 'resource'];

/** The address of managed login for a new login, and what has to be remembered until the callback. */
export async function startLogin(
  options: ResolvedOptions,
  { returnUrl, asked }: { readonly returnUrl: string; readonly asked: URLSearchParams },
): Promise<{ readonly url: string; readonly transaction: LoginTransaction }> {
  const transaction: LoginTransaction = {
    state: oauth.generateRandomState(),
    nonce: oauth.generateRandomNonce(),
    codeVerifier: oauth.generateRandomCodeVerifier(),
    returnUrl,
    startedAt: options.now(),
  };
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: options.clientId,
    redirect_uri: redirectUri(options),
    scope: options.scopes.join(' '),
    state: transaction.state,
    nonce: transaction.nonce,
    code_challenge: await oauth.calculatePKCECodeChallenge(transaction.codeVerifier),
    code_challenge_method: 'S256',
  });
  for (const name of PASSED_ON) for (const value of asked.getAll(name)) query.append(name, value);
  return { url: `${domainOf(options)}/oauth2/authorize?${query.toString()}`, transaction };
}

/** A login that is finished: what its callback says, and what was remembered for it. */
export interface FinishedLogin {
  readonly query: URLSearchParams;
  readonly transaction: LoginTransaction;
  /** Revokes the refresh token of an answer that cannot be used: no other program knows it. */
  readonly revoke: RevokeTokens;
}

/** The tokens for the code in the callback's query. Rejects with `SignInFailedError` or `SessionUnavailableError`. */
export async function finishLogin(
  options: ResolvedOptions,
  login: FinishedLogin,
): Promise<oauth.TokenEndpointResponse> {
  try {
    const exchange = exchangeCode(options, login);
    return await answeredInTime(exchange, options, ({ refresh_token: late }) => {
      if (late !== undefined) void login.revoke([late]);
    });
  } catch (cause) {
    if (cause instanceof SessionUnavailableError) throw cause;
    throw new SignInFailedError('Managed login did not sign the user in.', { cause });
  }
}

async function exchangeCode(
  options: ResolvedOptions,
  { query, transaction: { state, nonce, codeVerifier }, revoke }: FinishedLogin,
): Promise<oauth.TokenEndpointResponse> {
  const server = serverOf(options, query.get('iss'));
  const client: oauth.Client = {
    client_id: options.clientId,
    [oauth.clockSkew]: Math.round((options.now() - systemNow()) / SECOND_MS),
  };
  const checked = oauth.validateAuthResponse(server, client, query, state);
  const hasIdToken = options.scopes.includes('openid');
  return withClientSecret(options.clientSecrets, isClientRefused, async (secret) => {
    const response = await oauth.authorizationCodeGrantRequest(
      server,
      client,
      secret === undefined ? oauth.None() : oauth.ClientSecretPost(secret),
      checked,
      redirectUri(options),
      codeVerifier,
      {
        [oauth.customFetch]: (url, request) => answerOf(options.fetch(url, request)),
        // For an emulator on this machine and the development mode: other domains must begin with https.
        // oxlint-disable-next-line typescript/no-deprecated -- marked as deprecated to stand out
        [oauth.allowInsecureRequests]: domainOf(options).startsWith('http:'),
      },
    );
    const { issuer = server.issuer, refreshToken } = await uncheckedAnswer(response.clone());
    try {
      // A pool has two issuers. Which of them is right, and the signature, is checked when the session begins.
      return await oauth.processAuthorizationCodeResponse({ ...server, issuer }, client, response, {
        requireIdToken: hasIdToken,
        expectedNonce: hasIdToken ? nonce : oauth.expectNoNonce,
      });
    } catch (error) {
      if (refreshToken !== undefined) await revoke([refreshToken]);
      throw error;
    }
  });
}

function redirectUri({ appOrigin, basePath }: ResolvedOptions): string {
  return `${appOrigin}${basePath}/callback`;
}

function domainOf({ domain }: ResolvedOptions): string {
  if (domain === null) throw new ConfigurationError('domain', 'is missing: managed login needs it');
  return domain;
}

/** `issuer`: as the callback names it. The name of another one is refused (RFC 9207). */
function serverOf(options: ResolvedOptions, issuer: string | null): oauth.AuthorizationServer {
  const [first, second] = issuersOf(options);
  return {
    issuer: second === issuer ? second : first,
    token_endpoint: `${domainOf(options)}/oauth2/token`,
  };
}

/** A pool has two names. */
function issuersOf({ userPoolId }: ResolvedOptions): readonly [string, string] {
  const issuer = userPoolEndpoint(userPoolId.replace(/_.*/, '')) + userPoolId;
  return [issuer, issuer.replace('//', '//issuer-')];
}

interface UncheckedAnswer {
  /** The issuer of the ID token. */
  readonly issuer?: string | undefined;
  readonly refreshToken?: string | undefined;
}

async function uncheckedAnswer(response: Response): Promise<UncheckedAnswer> {
  try {
    const { id_token: idToken, refresh_token: refreshToken } = (await response.json()) as Readonly<
      Record<string, unknown>
    >;
    return { issuer: issuerOf(idToken), refreshToken: textOrNone(refreshToken) };
  } catch {
    // An error, or not JSON: it is read again, and reported.
    return {};
  }
}

function issuerOf(idToken: unknown): string | undefined {
  try {
    return textOrNone(readJwt(textOrNone(idToken) ?? '').payload['iss']);
  } catch {
    return undefined;
  }
}

function textOrNone(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function isClientRefused(error: unknown): boolean {
  if (error instanceof oauth.WWWAuthenticateChallengeError) return error.status === 401;
  return error instanceof oauth.ResponseBodyError && error.error === 'invalid_client';
}

/** A server that is overloaded answers with 429 or 5xx: that says as little of the login as no answer. */
async function answerOf(call: Promise<Response>): Promise<Response> {
  const answer = await call.catch((cause: unknown) => {
    throw new SessionUnavailableError('networkError', 1, { cause });
  });
  if (answer.status !== 429 && answer.status < 500) return answer;
  // An unread body keeps its connection.
  await answer.body?.cancel();
  throw new SessionUnavailableError('serviceError', 1);
}
