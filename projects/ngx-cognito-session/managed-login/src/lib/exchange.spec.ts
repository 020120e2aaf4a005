import { SignJWT, generateSecret, type JWTPayload } from 'jose';
import { firstValueFrom } from 'rxjs';
import { replaceProperty } from '../../../testing-support/replaced-global';
import { errorOf } from '../../../testing-support/session-app';
import { managedLoginScene, signInThere } from '../../../testing-support/managed-login-scene';
import { turns, until } from '../../../testing-support/turns';
import type { Fault } from 'cognito-emulator';

const scene = managedLoginScene();
const TOKEN = 'oauth2/token';

/** The callback of a new sign-in. */
async function callback() {
  const { login, session, logged, events } = scene.load();
  login.signIn({ returnUrl: '/orders' });
  const page = await scene.leftFor();
  const url = await signInThere(page);
  return { login, session, logged, events, page, url: url.href };
}

/** Has the token endpoint give this answer. */
function answerWith(answer: () => Promise<Response>): () => void {
  const real = globalThis.fetch;
  const fake: typeof fetch = (...call) => (String(call[0]).endsWith(TOKEN) ? answer() : real(...call));
  return replaceProperty(globalThis, 'fetch', { value: fake });
}

interface TokenAnswer {
  readonly id_token: string;
}

/** Has Cognito answer, and changes what arrives. */
function changeAnswer(change: (answer: TokenAnswer) => TokenAnswer): () => void {
  const real = globalThis.fetch;
  const changed: typeof fetch = async (...call) => {
    const response = await real(...call);
    return String(call[0]).endsWith(TOKEN)
      ? jsonOf(change((await response.json()) as TokenAnswer))
      : response;
  };
  return replaceProperty(globalThis, 'fetch', { value: changed });
}

/** The token with other claims, and a signature that does not fit them. */
function withClaims(jwt: string, claims: JWTPayload): string {
  const [header = '', payload = '', signature = ''] = jwt.split('.');
  const before = JSON.parse(Buffer.from(payload, 'base64url').toString()) as JWTPayload;
  return [
    header,
    Buffer.from(JSON.stringify({ ...before, ...claims })).toString('base64url'),
    signature,
  ].join('.');
}

const jsonOf = (body: unknown, status = 200) =>
  Promise.resolve(
    new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json' } }),
  );

describe('the exchange of the code', () => {
  it.each<readonly [string, Fault, object]>([
    ['a lost connection', { kind: 'resetBeforeProcessing' }, { code: 'networkError', retryable: true }],
    ['a lost answer', { kind: 'resetAfterCommit' }, { code: 'networkError', retryable: true }],
    ['half an answer', { kind: 'truncatedBody' }, { code: 'networkError', retryable: true }],
    ['an answer that breaks off', { kind: 'truncatedBody', cut: 'broken' }, { code: 'networkError' }],
    ['a page of a firewall', { kind: 'htmlBody', status: 403 }, { code: 'networkError' }],
    ['a page of a guest network', { kind: 'htmlBody' }, { code: 'networkError' }],
    ['a server that fails', { kind: 'status', status: 500 }, { code: 'networkError' }],
    ['throttling', { kind: 'error', type: 'slow_down', status: 429 }, { code: 'throttled', retryable: true }],
    [
      'a client with a secret',
      { kind: 'error', type: 'invalid_client' },
      { code: 'invalidConfiguration', serviceError: 'invalid_client' },
    ],
    [
      'a client that may not use codes',
      { kind: 'error', type: 'unauthorized_client' },
      { code: 'invalidConfiguration', serviceError: 'unauthorized_client' },
    ],
    [
      'a refusal',
      { kind: 'error', type: 'invalid_request', message: 'Trigger failed' },
      { code: 'signInFailed', serviceError: 'invalid_request' },
    ],
    ['a code that was used', { kind: 'error', type: 'invalid_grant' }, { code: 'callbackInvalid' }],
  ])('reports %s', async (_, fault, expected) => {
    const { login, session, url } = await callback();
    scene.emulator.faults.add(TOKEN, fault);

    const error = await errorOf(login.completeSignIn(url));

    expect(error).toMatchObject({ name: 'SessionError', ...expected });
    expect((error as Error).message).toMatch(/sign-in again|app client/);
    expect(login.error()).toBe(error);
    expect(session.isSignedIn()).toBe(false);
    expect(scene.emulator.log.count(TOKEN)).toBe(1);
  });

  it('reports the text of a trigger as the cause', async () => {
    const { login, url } = await callback();
    const message = 'PreTokenGeneration failed with error No seats left.';
    scene.emulator.faults.add(TOKEN, { kind: 'error', type: 'invalid_request', message });

    expect(await errorOf(login.completeSignIn(url))).toMatchObject({
      cause: { name: 'invalid_request', message },
    });
  });

  it('explains in development what an app client with a secret leads to', async () => {
    const { login, url, logged } = await callback();
    scene.emulator.faults.add(TOKEN, { kind: 'error', type: 'invalid_client' });

    await errorOf(login.completeSignIn(url));

    expect(JSON.stringify(logged)).toMatch(/NCS117: .* secret.*NCS117\.md/);
  });

  it('gives up after 30 seconds', async () => {
    const { login, url } = await callback();
    let signal: AbortSignal | null | undefined;
    const restore = replaceProperty(globalThis, 'fetch', {
      value: (_url: string, init: RequestInit) => {
        signal = init.signal;
        return new Promise(() => undefined);
      },
    });
    try {
      const failed = errorOf(login.completeSignIn(url));
      await until(() => signal !== undefined);
      scene.time.advance(29_999);
      await turns();
      expect([signal?.aborted, login.error()]).toEqual([false, null]);
      scene.time.advance(1);

      expect(await failed).toMatchObject({ code: 'timeout', retryable: true });
      expect(signal?.aborted).toBe(true);
    } finally {
      restore();
    }
  });

  it('goes on if the caller has gone', async () => {
    const { login, session, url } = await callback();

    login.completeSignIn(url).subscribe().unsubscribe();
    await until(() => session.isSignedIn());

    expect(session.user()?.username).toBe('alice');
  });
});

describe('the answer of the token endpoint', () => {
  const POOL = 'https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Emulator1';
  const times = () => {
    const iat = Math.floor(scene.time.now() / 1000);
    return { iat, auth_time: iat, exp: iat + 3600 };
  };

  async function sign(claims: JWTPayload, alg = 'RS256'): Promise<string> {
    const jwt = await new SignJWT({ sub: 'user-1', iss: POOL, ...times(), ...claims })
      .setProtectedHeader({ alg: 'HS256' })
      .sign(await generateSecret('HS256'));
    // Nothing checks the signature here: what `withTokenVerification` is for.
    const header = Buffer.from(JSON.stringify({ alg })).toString('base64url');
    return [header, ...jwt.split('.').slice(1)].join('.');
  }

  /** What becomes of a sign-in whose ID token has these claims. */
  async function outcomeOf(claims: (nonce: string) => JWTPayload, alg?: string, access: JWTPayload = {}) {
    const { login, session, logged, events, page, url } = await callback();
    const nonce = page.searchParams.get('nonce') ?? '';
    const idToken = await sign({ aud: 'client1', token_use: 'id', nonce, ...claims(nonce) }, alg);
    const accessToken = await sign({ client_id: 'client1', token_use: 'access', scope: 'openid', ...access });
    const restore = answerWith(() =>
      jsonOf({ id_token: idToken, access_token: accessToken, token_type: 'Bearer', expires_in: 3600 }),
    );
    try {
      const error = await errorOf(login.completeSignIn(url)).catch(() => null);
      const told = JSON.stringify([logged, events, error, login.error()]);
      return {
        error,
        isSignedIn: session.isSignedIn(),
        hasSecret: told.includes(idToken) || told.includes(nonce),
      };
    } finally {
      restore();
    }
  }

  it('signs in if its ID token is of this sign-in, pool and app client', async () => {
    expect(await outcomeOf(() => ({}))).toMatchObject({ error: null, isSignedIn: true });
  });

  it.each<readonly [string, (nonce: string) => JWTPayload, string]>([
    ['another nonce', (nonce) => ({ nonce: `${nonce}x` }), 'invalidToken'],
    ['no nonce', () => ({ nonce: undefined }), 'invalidToken'],
    ['another user than the access token', () => ({ sub: 'user-2' }), 'invalidToken'],
    ['another use', () => ({ token_use: 'access' }), 'invalidToken'],
    ['another audience', () => ({ aud: 'client2' }), 'invalidToken'],
    ['another pool', () => ({ iss: `${POOL}2` }), 'invalidToken'],
    [
      'an issuer that ends with the id of the pool',
      () => ({ iss: 'https://evil.example/eu-west-1_Emulator1' }),
      'invalidToken',
    ],
    ['the issuer of another region', () => ({ iss: POOL.replace('eu-west-1', 'eu-west-2') }), 'invalidToken'],
    ['no issuer', () => ({ iss: '' }), 'invalidToken'],
  ])('is refused with %s', async (_, claims, code) => {
    expect(await outcomeOf(claims)).toEqual({
      error: expect.objectContaining({ code }),
      isSignedIn: false,
      hasSecret: false,
    });
  });

  it.each<readonly [string, JWTPayload]>([
    ['another app client', { client_id: 'client2' }],
    ['another pool', { iss: `${POOL}2` }],
    ['another use', { token_use: 'id' }],
  ])('is refused with an access token of %s', async (_, claims) => {
    expect(await outcomeOf(() => ({}), 'RS256', claims)).toMatchObject({
      error: { code: 'invalidToken' },
      isSignedIn: false,
    });
  });

  it('says that the app client has a secret, also if a challenge comes with that', async () => {
    const { login, url } = await callback();
    const restore = answerWith(() =>
      Promise.resolve(
        new Response('{"error":"invalid_client"}', {
          status: 401,
          headers: { 'Content-Type': 'application/json', 'WWW-Authenticate': 'Basic realm="x"' },
        }),
      ),
    );
    try {
      expect(await errorOf(login.completeSignIn(url))).toMatchObject({ code: 'invalidConfiguration' });
    } finally {
      restore();
    }
  });

  it('is refused with another algorithm', async () => {
    expect(await outcomeOf(() => ({}), 'none')).toMatchObject({ error: { code: 'invalidToken' } });
  });

  it('is refused without an ID token', async () => {
    const { login, url } = await callback();
    const accessToken = await sign({ client_id: 'client1', token_use: 'access' });
    const restore = answerWith(() => jsonOf({ access_token: accessToken, token_type: 'Bearer' }));
    try {
      expect(await errorOf(login.completeSignIn(url))).toMatchObject({ code: 'invalidToken' });
    } finally {
      restore();
    }
  });

  it.each<readonly [string, JWTPayload]>([
    ['another nonce', { nonce: 'other' }],
    ['another audience', { aud: 'client2' }],
    ['another use', { token_use: 'access' }],
    ['another user than the access token', { sub: 'user-2' }],
  ])('leaves no refresh token alive if its ID token has %s', async (_, claims) => {
    const { login, session, url } = await callback();
    const restore = changeAnswer((answer) => ({ ...answer, id_token: withClaims(answer.id_token, claims) }));
    try {
      expect(await errorOf(login.completeSignIn(url))).toMatchObject({ code: 'invalidToken' });
    } finally {
      restore();
    }

    await until(() => scene.emulator.liveRefreshTokens().length === 0);
    expect(session.isSignedIn()).toBe(false);
  });

  it('overtakes no sign-in of the app if it is refused', async () => {
    const { login, session, url } = await callback();
    const restore = changeAnswer((answer) => ({
      ...answer,
      id_token: withClaims(answer.id_token, { nonce: 'other' }),
    }));
    try {
      const refused = errorOf(login.completeSignIn(url));
      const tokens = await scene.emulator.signIn('alice');
      await firstValueFrom(session.setTokens(tokens));
      await refused;
    } finally {
      restore();
    }

    await until(() => scene.emulator.liveRefreshTokens().length === 1);
    expect(session.isSignedIn()).toBe(true);
  });

  it('signs in although the clock of the device is wrong by years', async () => {
    // The protocol asks the machine, whose time is not that of the test.
    expect(scene.time.now()).toBeLessThan(Date.parse('2026-02-01'));
    expect(await outcomeOf(() => ({}))).toMatchObject({ isSignedIn: true });
  });
});
