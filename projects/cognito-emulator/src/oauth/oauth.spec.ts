import { createHash } from 'node:crypto';
import { decodeJwt } from 'jose';
import { ManualClock } from '../clock/clock';
import type { Emulator } from '../emulator';
import { startEmulator } from '../node/start-emulator';
import { authorizeUrl, newCode, postForm, REDIRECT_URI } from '../../testing-support/sample-calls';

const VERIFIER = 'a-verifier-of-at-least-forty-three-characters-1';
const PKCE = {
  code_challenge: createHash('sha256').update(VERIFIER).digest('base64url'),
  code_challenge_method: 'S256',
};
const SCOPE = 'openid email aws.cognito.signin.user.admin';

interface TokenAnswer {
  readonly access_token?: string;
  readonly id_token?: string;
  readonly refresh_token?: string;
  readonly expires_in?: number;
  readonly token_type?: string;
  readonly error?: string;
}

let clock: ManualClock;
let emulator: Emulator;

beforeEach(async () => {
  clock = new ManualClock();
  const clients = [
    { clientId: 'web' },
    { clientId: 'strict', redirectUris: [REDIRECT_URI], logoutUris: [REDIRECT_URI] },
    { clientId: 'server', secret: 'hush' },
    { clientId: 'auto', autoApprove: 'alice' },
  ];
  emulator = await startEmulator({ clock, pools: [{ clients }] });
});

afterEach(() => emulator.close());

const get = (url: string, headers: Record<string, string> = {}) =>
  fetch(url, { headers, redirect: 'manual' });
const locationOf = (response: Response) => new URL(response.headers.get('location') ?? 'none:');

async function tokenCall(form: Record<string, string>, headers: Record<string, string> = {}) {
  const response = await postForm(`${emulator.url}/oauth2/token`, { client_id: 'web', ...form }, headers);
  return { status: response.status, body: (await response.json()) as TokenAnswer };
}

const exchange = (code: string, more: Record<string, string> = {}) =>
  tokenCall({
    grant_type: 'authorization_code',
    redirect_uri: REDIRECT_URI,
    code,
    code_verifier: VERIFIER,
    ...more,
  });

const signIn = async (more: Record<string, string> = {}) =>
  (await exchange(await newCode(emulator, { ...PKCE, scope: SCOPE, ...more }))).body;

const refresh = (refreshToken: string) =>
  tokenCall({ grant_type: 'refresh_token', refresh_token: refreshToken });

describe('the sign-in form', () => {
  it('is shown, and leads back with code and state', async () => {
    const url = authorizeUrl(emulator, { ...PKCE, state: 'a b&c' });
    const page = await (await get(url)).text();
    const action = /action="([^"]+)"/.exec(page)?.[1]?.replaceAll('&#38;', '&') ?? '';

    const response = await postForm(new URL(action, emulator.url).href, {
      username: 'alice',
      password: 'Correct-horse-1',
    });

    expect(response.status).toBe(302);
    expect(locationOf(response).href.startsWith(REDIRECT_URI)).toBe(true);
    expect(locationOf(response).searchParams.get('state')).toBe('a b&c');
    expect(locationOf(response).searchParams.get('code')).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('says what is wrong and asks again', async () => {
    const url = authorizeUrl(emulator).replace('/oauth2/authorize', '/login');

    const response = await postForm(url, { username: 'alice', password: 'wrong' });

    expect(response.status).toBe(200);
    expect(await response.text()).toContain('Incorrect username or password.');
  });

  it.each([
    ['UNCONFIRMED', 'User is not confirmed.'],
    ['RESET_REQUIRED', 'Password reset required for the user'],
  ] as const)('gives no code to a user who is %s, and says why', async (status, reason) => {
    emulator.changeUser('alice', { status });
    const url = authorizeUrl(emulator).replace('/oauth2/authorize', '/login');

    const response = await postForm(url, { username: 'alice', password: 'Correct-horse-1' });

    expect(response.status).toBe(200);
    expect(await response.text()).toContain(reason);
  });

  it('is skipped for an hour after a sign-in, until logout', async () => {
    const url = authorizeUrl(emulator);
    const signedIn = await postForm(url.replace('/oauth2/authorize', '/login'), {
      username: 'alice',
      password: 'Correct-horse-1',
    });
    const Cookie = (signedIn.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
    const isSkipped = async () => (await get(url, { Cookie })).status === 302;

    expect(await isSkipped()).toBe(true);
    const query = `client_id=web&logout_uri=${encodeURIComponent(REDIRECT_URI)}`;
    const logout = await get(`${emulator.url}/logout?${query}`, { Cookie });
    expect(locationOf(logout).href).toBe(REDIRECT_URI);
    expect(await isSkipped()).toBe(false);
  });

  it('is never shown for a client that approves by itself', async () => {
    const response = await get(authorizeUrl(emulator, { client_id: 'auto' }));

    expect(locationOf(response).searchParams.has('code')).toBe(true);
  });
});

describe('a parameter of an authorization request', () => {
  const LOGIN = { username: 'alice', password: 'Correct-horse-1' };
  const pageOf = async (more: Record<string, string>) => (await get(authorizeUrl(emulator, more))).text();

  async function signedInCookie(): Promise<string> {
    const response = await postForm(authorizeUrl(emulator).replace('/oauth2/authorize', '/login'), LOGIN);
    return (response.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  }

  it.each<readonly [string, Record<string, string>, string]>([
    ['names the identity provider', { identity_provider: 'Google' }, '<h1>Sign in with Google</h1>'],
    ['identifies the identity provider', { idp_identifier: 'corp.example' }, 'Sign in with corp.example'],
    ['sets the language of the page', { lang: 'de' }, '<html lang="de">'],
    ['fills in the user name', { login_hint: 'a"b' }, 'name="username" value="a&#34;b"'],
  ])('%s', async (_, more, shown) => {
    expect(await pageOf(more)).toContain(shown);
  });

  it('is in the log as it was sent, and the password is not', async () => {
    const asked = { lang: 'de', login_hint: 'alice', prompt: 'login', resource: 'https://api.example.com' };
    await postForm(authorizeUrl(emulator, asked).replace('/oauth2/authorize', '/login'), LOGIN);

    expect(emulator.log.last('login')?.query).toMatchObject(asked);
    expect(JSON.stringify(emulator.log.calls())).not.toContain(LOGIN.password);
  });

  it.each([
    ['none', 'signed in', 302],
    ['login', 'signed in', 200],
    ['select_account', 'signed in', 200],
    ['login select_account', 'signed in', 200],
    ['login', 'signed out', 200],
  ])('prompt=%s, %s: status %i', async (prompt, who, status) => {
    const Cookie = who === 'signed in' ? await signedInCookie() : '';

    expect((await get(authorizeUrl(emulator, { prompt }), { Cookie })).status).toBe(status);
  });

  it('prompt=none leads back with an error if the user is not signed in there', async () => {
    const response = await get(authorizeUrl(emulator, { prompt: 'none', state: 's' }));

    expect(Object.fromEntries(locationOf(response).searchParams)).toEqual({
      error: 'login_required',
      state: 's',
    });
  });

  it('resource is the audience of the access token, and stays so after refreshes', async () => {
    const resource = 'https://api.example.com/orders';
    const tokens = await signIn({ resource });
    const { body } = await refresh(tokens.refresh_token ?? '');

    for (const { access_token, id_token } of [tokens, body]) {
      expect(decodeJwt(access_token ?? '').aud).toBe(resource);
      expect(decodeJwt(id_token ?? '').aud).toBe('web');
    }
  });

  it('gives tokens without an audience if there is no resource', async () => {
    const { access_token } = await signIn();

    expect(decodeJwt(access_token ?? '')).not.toHaveProperty('aud');
  });
});

describe('the button to cancel', () => {
  it('leads back with an error', async () => {
    const url = authorizeUrl(emulator, { state: 's' });
    const response = await postForm(url.replace('/oauth2/authorize', '/login'), { cancel: 'yes' });

    expect(Object.fromEntries(locationOf(response).searchParams)).toEqual({
      error: 'access_denied',
      error_description: 'User cancelled',
      state: 's',
    });
  });
});

describe('the sign-up form', () => {
  const signUp = (username: string) =>
    postForm(authorizeUrl(emulator, PKCE).replace('/oauth2/authorize', '/signup'), {
      username,
      password: 'Correct-horse-3',
    });

  it('is shown, and makes a user who is signed in', async () => {
    const page = await get(authorizeUrl(emulator).replace('/oauth2/authorize', '/signup'));
    const code = locationOf(await signUp('carol')).searchParams.get('code') ?? '';

    expect(await page.text()).toContain('<h1>Sign up</h1>');
    expect(decodeJwt((await exchange(code)).body.access_token ?? '')).toMatchObject({ username: 'carol' });
  });

  it('refuses a name that is taken', async () => {
    const response = await signUp('alice');

    expect([response.status, await response.text()]).toEqual([
      200,
      expect.stringContaining('User already exists'),
    ]);
  });
});

describe('an authorization request', () => {
  it.each([
    ['an unknown client', { client_id: 'nowhere' }],
    ['an address that is not registered', { client_id: 'strict', redirect_uri: 'https://evil.example.com/' }],
    ['plain http to somewhere else', { redirect_uri: 'http://app.example.com/' }],
  ])('from %s gets a page, never a redirect', async (_, more) => {
    const response = await get(authorizeUrl(emulator, more));

    expect([response.status, response.headers.get('location')]).toEqual([400, null]);
  });

  it.each([
    ['a response type other than code', { response_type: 'token' }, 'unsupported_response_type'],
    ['a plain challenge', { code_challenge: 'x', code_challenge_method: 'plain' }, 'invalid_request'],
    ['a challenge without method', { code_challenge: 'x' }, 'invalid_request'],
    ['an unknown prompt', { prompt: 'nothing' }, 'invalid_request'],
    ['a resource that is not a URL', { resource: 'orders' }, 'invalid_target'],
  ])('with %s goes back as an error', async (_, more, error) => {
    const response = await get(authorizeUrl(emulator, { state: 's', ...more }));

    expect(locationOf(response).searchParams.get('error')).toBe(error);
    expect(locationOf(response).searchParams.get('state')).toBe('s');
  });
});

describe('the token endpoint', () => {
  it('exchanges a code for tokens with the asked scopes, nonce and version 2', async () => {
    const tokens = await signIn({ nonce: 'n1' });

    expect(tokens).toMatchObject({ expires_in: 3600, token_type: 'Bearer' });
    expect(decodeJwt(tokens.access_token ?? '')).toMatchObject({
      scope: SCOPE,
      version: 2,
      client_id: 'web',
    });
    expect(decodeJwt(tokens.id_token ?? '')).toMatchObject({ nonce: 'n1', aud: 'web' });
  });

  it('gives an ID token only with the scope openid', async () => {
    expect(await signIn({ scope: 'aws.cognito.signin.user.admin' })).not.toHaveProperty('id_token');
  });

  it('takes a code once', async () => {
    const code = await newCode(emulator, PKCE);
    await exchange(code);

    expect(await exchange(code)).toEqual({ status: 400, body: { error: 'invalid_grant' } });
  });

  it('takes a code for five minutes', async () => {
    const code = await newCode(emulator, PKCE);
    clock.advance(5 * 60_000);

    expect((await exchange(code)).body.error).toBe('invalid_grant');
  });

  it.each([
    ['a wrong verifier', { code_verifier: 'wrong' }, 'invalid_grant'],
    ['no verifier', { code_verifier: '' }, 'invalid_grant'],
    ['another redirect address', { redirect_uri: 'https://app.example.com/' }, 'invalid_grant'],
    ['another client', { client_id: 'strict' }, 'invalid_grant'],
    ['an unknown client', { client_id: 'nowhere' }, 'invalid_client'],
    ['an unknown grant', { grant_type: 'password' }, 'unsupported_grant_type'],
  ])('refuses %s', async (_, more, error) => {
    const { status, body } = await exchange(await newCode(emulator, PKCE), more);

    expect([status, body.error]).toEqual([400, error]);
  });

  it('authenticates a client with a secret by Basic or by the body', async () => {
    const code = () => newCode(emulator, { client_id: 'server' });
    const form = { grant_type: 'authorization_code', redirect_uri: REDIRECT_URI, client_id: 'server' };
    const Authorization = `Basic ${Buffer.from('server:hush').toString('base64')}`;

    expect((await tokenCall({ ...form, code: await code() })).body.error).toBe('invalid_client');
    expect((await tokenCall({ ...form, code: await code(), client_secret: 'hush' })).status).toBe(200);
    expect((await tokenCall({ ...form, code: await code() }, { Authorization })).status).toBe(200);
  });

  it('refreshes, with a new refresh token only under rotation', async () => {
    const { refresh_token: first = '' } = await signIn();
    const kept = await refresh(first);
    emulator.configure({ rotation: true });
    const rotated = await refresh(first);
    const reused = await refresh(first);

    expect(kept.body).toMatchObject({ access_token: expect.any(String), id_token: expect.any(String) });
    expect(kept.body).not.toHaveProperty('refresh_token');
    expect(rotated.body.refresh_token).not.toBe(first);
    expect(reused.body.error).toBe('invalid_grant');
  });

  it('shares its tokens with the API: a revoked one is revoked in both', async () => {
    const { refresh_token: token = '' } = await signIn();

    const response = await postForm(`${emulator.url}/oauth2/revoke`, { client_id: 'web', token });

    expect([response.status, await response.text()]).toEqual([200, '']);
    expect((await refresh(token)).body.error).toBe('invalid_grant');
    expect(emulator.liveRefreshTokens()).toEqual([]);
  });

  it('revokes refresh tokens only', async () => {
    const { access_token: token = '' } = await signIn();

    const response = await postForm(`${emulator.url}/oauth2/revoke`, { client_id: 'web', token });

    expect(await response.json()).toMatchObject({ error: 'unsupported_token_type' });
  });

  it('lets pages of other origins read it, and notes tokens in the log', async () => {
    const { refresh_token: token = '' } = await signIn();

    const response = await postForm(
      `${emulator.url}/oauth2/token`,
      { grant_type: 'refresh_token', refresh_token: token, client_id: 'web' },
      { Origin: 'https://app.example.com' },
    );

    expect(response.headers.get('access-control-allow-origin')).toBe('*');
    expect(emulator.log.last('oauth2/token')).toMatchObject({
      clientId: 'web',
      tokensIn: { refresh: token },
      tokensOut: { access: expect.any(String) },
      origin: 'https://app.example.com',
    });
  });
});

describe('logout', () => {
  it('goes only where the client registered', async () => {
    const to = (uri: string) =>
      get(`${emulator.url}/logout?client_id=strict&logout_uri=${encodeURIComponent(uri)}`);

    expect((await to(REDIRECT_URI)).status).toBe(302);
    expect((await to('https://evil.example.com/')).status).toBe(400);
  });
});
