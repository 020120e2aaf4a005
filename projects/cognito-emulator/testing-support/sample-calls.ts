import type { Emulator } from '../src/emulator';

/** One plain call of an operation, which succeeds when nothing is injected. */
export interface SampleCall {
  readonly operation: string;
  /** JSON either way; JSON only for errors, as the revocation endpoint; or pages and redirects. */
  readonly answers: 'json' | 'jsonErrors' | 'pages';
  /** Prepares what the call needs and gives the call itself. */
  readonly prepare: (emulator: Emulator) => Promise<() => Promise<Response>>;
}

const USER_POOL = 'AWSCognitoIdentityProviderService';
const IDENTITY_POOL = 'AWSCognitoIdentityService';
const CREDENTIALS = { username: 'alice', password: 'Correct-horse-1' };

export const REDIRECT_URI = 'https://app.example.com/callback';

export const SAMPLE_CALLS: readonly SampleCall[] = [
  jsonCall('InitiateAuth', USER_POOL, ({ clientId }) => ({
    AuthFlow: 'USER_PASSWORD_AUTH',
    ClientId: clientId,
    AuthParameters: { USERNAME: CREDENTIALS.username, PASSWORD: CREDENTIALS.password },
  })),
  jsonCall('GetTokensFromRefreshToken', USER_POOL, async (emulator) => ({
    ClientId: emulator.clientId,
    RefreshToken: (await emulator.signIn('alice')).RefreshToken,
  })),
  jsonCall('RevokeToken', USER_POOL, async (emulator) => ({
    ClientId: emulator.clientId,
    Token: (await emulator.signIn('alice')).RefreshToken,
  })),
  jsonCall('GetUser', USER_POOL, accessToken),
  jsonCall('GlobalSignOut', USER_POOL, accessToken),
  jsonCall('ConfirmDevice', USER_POOL, async (emulator) => {
    emulator.configurePool({ deviceRemembering: true });
    const { AccessToken, NewDeviceMetadata } = await emulator.signIn('alice');
    emulator.configurePool({ deviceRemembering: false });
    return { AccessToken, DeviceKey: NewDeviceMetadata?.DeviceKey };
  }),
  jsonCall('RespondToAuthChallenge', USER_POOL, async (emulator) => {
    emulator.changeUser('alice', { status: 'FORCE_CHANGE_PASSWORD' });
    const { username: USERNAME, password: NEW_PASSWORD } = CREDENTIALS;
    const response = await callJson(emulator, USER_POOL, 'InitiateAuth', {
      AuthFlow: 'USER_PASSWORD_AUTH',
      ClientId: emulator.clientId,
      AuthParameters: { USERNAME, PASSWORD: NEW_PASSWORD },
    });
    emulator.changeUser('alice', { status: 'CONFIRMED' });
    return {
      ChallengeName: 'NEW_PASSWORD_REQUIRED',
      ClientId: emulator.clientId,
      ChallengeResponses: { USERNAME, NEW_PASSWORD },
      Session: ((await response.json()) as { readonly Session: string }).Session,
    };
  }),
  jsonCall('ListUserSessions', USER_POOL, async (emulator) => {
    emulator.configurePool({ sessionTracking: true });
    return accessToken(emulator);
  }),
  jsonCall('RevokeUserSession', USER_POOL, async (emulator) => {
    emulator.configurePool({ sessionTracking: true });
    await emulator.signIn('alice');
    const token = await accessToken(emulator);
    const response = await callJson(emulator, USER_POOL, 'ListUserSessions', token);
    const { Sessions } = (await response.json()) as { Sessions: readonly { readonly SessionId: string }[] };
    return { ...token, SessionId: Sessions[0]?.SessionId };
  }),
  jsonCall('SignUp', USER_POOL, newAccount),
  jsonCall('ConfirmSignUp', USER_POOL, async (emulator) => {
    const { ClientId, Username } = await signUp(emulator);
    return { ClientId, Username, ConfirmationCode: emulator.sentCode(Username) };
  }),
  jsonCall('ResendConfirmationCode', USER_POOL, async (emulator) => {
    const { ClientId, Username } = await signUp(emulator);
    return { ClientId, Username };
  }),
  jsonCall('ForgotPassword', USER_POOL, alice),
  jsonCall('ConfirmForgotPassword', USER_POOL, async (emulator) => {
    await callJson(emulator, USER_POOL, 'ForgotPassword', alice(emulator));
    return {
      ...alice(emulator),
      ConfirmationCode: emulator.sentCode('alice'),
      Password: CREDENTIALS.password,
    };
  }),
  jsonCall('AssociateSoftwareToken', USER_POOL, accessToken),
  jsonCall('VerifySoftwareToken', USER_POOL, async (emulator) => {
    const token = await accessToken(emulator);
    await callJson(emulator, USER_POOL, 'AssociateSoftwareToken', token);
    return { ...token, UserCode: await emulator.totpCode('alice') };
  }),
  jsonCall('SetUserMFAPreference', USER_POOL, accessToken),
  jsonCall('GetId', IDENTITY_POOL, async (emulator) => ({
    IdentityPoolId: emulator.identityPoolId,
    Logins: await logins(emulator),
  })),
  jsonCall('GetCredentialsForIdentity', IDENTITY_POOL, identity),
  jsonCall('GetOpenIdToken', IDENTITY_POOL, identity),
  jsonCall('UnlinkIdentity', IDENTITY_POOL, async (emulator) => ({
    ...(await identity(emulator)),
    LoginsToUnlink: [],
  })),
  getCall('jwks', 'json', ({ jwksUrl }) => jwksUrl),
  getCall(
    'openid-configuration',
    'json',
    ({ url, userPoolId }) => `${url}/${userPoolId}/.well-known/openid-configuration`,
  ),
  getCall('oauth2/authorize', 'pages', authorizeUrl),
  getCall('signup', 'pages', (emulator) => authorizeUrl(emulator).replace('/oauth2/authorize', '/signup')),
  getCall(
    'logout',
    'pages',
    ({ url, clientId }) =>
      `${url}/logout?client_id=${clientId}&logout_uri=${encodeURIComponent(REDIRECT_URI)}`,
  ),
  formCall('login', 'pages', () => CREDENTIALS, loginUrl),
  formCall('oauth2/token', 'json', async (emulator) => ({
    grant_type: 'authorization_code',
    client_id: emulator.clientId,
    redirect_uri: REDIRECT_URI,
    code: await newCode(emulator),
  })),
  formCall('oauth2/revoke', 'jsonErrors', async (emulator) => ({
    client_id: emulator.clientId,
    token: (await emulator.signIn('alice')).RefreshToken,
  })),
];

export function authorizeUrl(emulator: Emulator, more: Record<string, string> = {}): string {
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: emulator.clientId,
    redirect_uri: REDIRECT_URI,
    ...more,
  });
  return `${emulator.url}/oauth2/authorize?${query.toString()}`;
}

/** Fills in the form as a browser would, and gives the code from the redirect. */
export async function newCode(emulator: Emulator, more: Record<string, string> = {}): Promise<string> {
  const url = authorizeUrl(emulator, more).replace('/oauth2/authorize', '/login');
  const response = await postForm(url, CREDENTIALS);
  const location = new URL(response.headers.get('location') ?? 'none:');
  return location.searchParams.get('code') ?? '';
}

export function postForm(url: string, form: Record<string, string>, headers: Record<string, string> = {}) {
  return fetch(url, { method: 'POST', body: new URLSearchParams(form), headers, redirect: 'manual' });
}

export async function callJson(
  emulator: Emulator,
  service: string,
  operation: string,
  input: object,
): Promise<Response> {
  const headers = { 'Content-Type': 'application/x-amz-json-1.1', 'X-Amz-Target': `${service}.${operation}` };
  return fetch(emulator.url, { method: 'POST', headers, body: JSON.stringify(input) });
}

function jsonCall(
  operation: string,
  service: string,
  input: (emulator: Emulator) => object | Promise<object>,
): SampleCall {
  return {
    operation,
    answers: 'json',
    prepare: async (emulator) => {
      const prepared = await input(emulator);
      return () => callJson(emulator, service, operation, prepared);
    },
  };
}

function getCall(
  operation: string,
  answers: SampleCall['answers'],
  url: (emulator: Emulator) => string,
): SampleCall {
  return {
    operation,
    answers,
    prepare: (emulator) => Promise.resolve(() => fetch(url(emulator), { redirect: 'manual' })),
  };
}

function formCall(
  operation: string,
  answers: SampleCall['answers'],
  form: (emulator: Emulator) => Record<string, string> | Promise<Record<string, string>>,
  url: (emulator: Emulator) => string = (emulator) => `${emulator.url}/${operation}`,
): SampleCall {
  return {
    operation,
    answers,
    prepare: async (emulator) => {
      const prepared = await form(emulator);
      return () => postForm(url(emulator), prepared);
    },
  };
}

function loginUrl(emulator: Emulator): string {
  return authorizeUrl(emulator).replace('/oauth2/authorize', '/login');
}

function alice({ clientId: ClientId }: Emulator) {
  return { ClientId, Username: CREDENTIALS.username };
}

function newAccount({ clientId: ClientId }: Emulator) {
  return { ClientId, Username: crypto.randomUUID(), Password: CREDENTIALS.password };
}

async function signUp(emulator: Emulator) {
  const account = newAccount(emulator);
  await callJson(emulator, USER_POOL, 'SignUp', account);
  return account;
}

async function accessToken(emulator: Emulator): Promise<object> {
  return { AccessToken: (await emulator.signIn('alice')).AccessToken };
}

async function logins(emulator: Emulator): Promise<Record<string, string>> {
  const { IdToken } = await emulator.signIn('alice');
  return { [`cognito-idp.${emulator.region}.amazonaws.com/${emulator.userPoolId}`]: IdToken };
}

async function identity(emulator: Emulator): Promise<object> {
  const Logins = await logins(emulator);
  const IdentityPoolId = emulator.identityPoolId;
  const response = await callJson(emulator, IDENTITY_POOL, 'GetId', { IdentityPoolId, Logins });
  const { IdentityId } = (await response.json()) as { IdentityId: string };
  return { IdentityId, Logins };
}
