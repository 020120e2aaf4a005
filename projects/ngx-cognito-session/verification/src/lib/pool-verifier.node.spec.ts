import { FetchError } from 'aws-jwt-verify/error';
import { startEmulator, type Emulator } from 'cognito-emulator';
import { SessionError } from 'ngx-cognito-session';
import { KeyServer } from '../../../testing-support/key-server';
import { ManualTime } from '../../../testing-support/manual-time';
import type { Verify } from './verify';
import { PoolKeys } from './pool-keys';
import { createPoolVerifier } from './pool-verifier';

type Tokens = Parameters<Verify>[0];

describe('tokens of a user pool', () => {
  let emulator: Emulator;
  let keys: KeyServer;
  const started: Emulator[] = [];
  const time = new ManualTime();

  beforeEach(async () => {
    emulator = await start();
    keys = new KeyServer(emulator);
  });

  afterEach(() => Promise.all(started.splice(0).map((one) => one.close())));

  async function start(config: Parameters<typeof startEmulator>[0] = {}): Promise<Emulator> {
    const one = await startEmulator({ clock: new ManualTime(), ...config });
    started.push(one);
    return one;
  }

  function verifier(more: Partial<Parameters<typeof createPoolVerifier>[0]> = {}): Verify {
    const { userPoolId, clientId } = emulator;
    return createPoolVerifier({
      userPoolId,
      clientId,
      scheduler: time.scheduler,
      fetch: keys.fetch,
      ...more,
    });
  }

  async function tokens(from: Emulator = emulator): Promise<Required<Tokens>> {
    const { AccessToken: accessToken, IdToken: idToken } = await from.signIn('alice');
    return { accessToken, idToken };
  }

  /** `null`: they are genuine. */
  async function verdict(verify: Verify, of: Tokens): Promise<SessionError | null> {
    try {
      await verify(of);
      return null;
    } catch (error) {
      if (error instanceof SessionError) return error;
      throw error;
    }
  }

  const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const read = (text = ''): Record<string, unknown> =>
    JSON.parse(Buffer.from(text, 'base64url').toString()) as Record<string, unknown>;
  const changed = (token: string, claims: object, head: object = {}): string => {
    const [header, payload, signature = ''] = token.split('.');
    return [part({ ...read(header), ...head }), part({ ...read(payload), ...claims }), signature].join('.');
  };

  it.each(['original', 'updated'] as const)('are genuine with the %s issuer', async (issuerForm) => {
    emulator.configurePool({ issuerForm });

    expect(await verdict(verifier(), await tokens())).toBeNull();
  });

  it('are genuine without an ID token', async () => {
    const { accessToken } = await tokens();

    expect(await verdict(verifier(), { accessToken })).toBeNull();
  });

  it('are genuine although they have expired: the session knows the time', async () => {
    const old = await start({ clock: new ManualTime(Date.UTC(2001, 0, 1)) });
    const ofOld = new KeyServer(old);

    expect(await verdict(verifier({ fetch: ofOld.fetch }), await tokens(old))).toBeNull();
  });

  it('are genuine although a clock says that they are not valid yet', async () => {
    const later = await start({ clock: new ManualTime(Date.UTC(2100, 0, 1)) });
    const ofLater = new KeyServer(later);

    expect(await verdict(verifier({ fetch: ofLater.fetch }), await tokens(later))).toBeNull();
  });

  it.each<[string, (of: Required<Tokens>) => Tokens]>([
    [
      'another claim in the access token',
      (of) => ({ accessToken: changed(of.accessToken, { username: 'eve' }) }),
    ],
    [
      'another claim in the ID token',
      (of) => ({ ...of, idToken: changed(of.idToken, { email: 'eve@example.com' }) }),
    ],
    ['no algorithm', (of) => ({ accessToken: changed(of.accessToken, {}, { alg: 'none' }) })],
    ['a symmetric algorithm', (of) => ({ accessToken: changed(of.accessToken, {}, { alg: 'HS256' }) })],
    ['no signature', (of) => ({ accessToken: of.accessToken.replace(/[^.]*$/, '') })],
    ['no key id', (of) => ({ accessToken: changed(of.accessToken, {}, { kid: undefined }) })],
    ['an invented key id', (of) => ({ accessToken: changed(of.accessToken, {}, { kid: 'invented' }) })],
    ['the use of the other token', (of) => ({ accessToken: of.idToken, idToken: of.accessToken })],
    [
      'another issuer',
      (of) => ({ accessToken: changed(of.accessToken, { iss: 'https://eve.example/eu-west-1_A' }) }),
    ],
    ['no token at all', () => ({ accessToken: 'garbage' })],
  ])('are forged with %s', async (_, forge) => {
    expect(await verdict(verifier(), forge(await tokens()))).toMatchObject({
      code: 'invalidToken',
      retryable: false,
    });
  });

  it('are not for another app client', async () => {
    expect(await verdict(verifier({ clientId: 'another' }), await tokens())).toMatchObject({
      code: 'invalidToken',
    });
  });

  it('are forged if another issuer has signed them with keys of its own', async () => {
    const other = await start({ freshKeys: true });

    expect(await verdict(verifier(), await tokens(other))).toMatchObject({ code: 'invalidToken' });
  });

  it('are not in what is said about them', async () => {
    const { accessToken } = await tokens();
    const error = await verdict(verifier(), { accessToken: changed(accessToken, { username: 'eve' }) });

    const [, payload = '?', signature = '?'] = accessToken.split('.');
    const said = JSON.stringify([error?.message, error?.cause]);
    expect(said).not.toContain(payload);
    expect(said).not.toContain(signature);
  });

  it('need one request for keys', async () => {
    const verify = verifier();

    await verify(await tokens());
    await verify(await tokens());

    expect(keys.requests).toEqual(['default']);
  });

  it('need no request if the app has the keys', async () => {
    const jwks = (await (await fetch(emulator.jwksUrl)).json()) as { keys: object[] };
    const verify = verifier({ jwks });

    await verify(await tokens());
    emulator.configurePool({ issuerForm: 'updated' });
    await verify(await tokens());

    expect(keys.requests).toEqual([]);
  });

  it('need another request when the pool signs with new keys, past the HTTP cache', async () => {
    const verify = verifier();
    const before = await tokens();
    await verify(before);

    emulator.rotateKeys();
    await verify(await tokens());
    await verify(before);

    expect(keys.requests).toEqual(['default', 'reload']);
  });

  it('are genuine although the HTTP cache of the browser has old keys', async () => {
    const old = await (await fetch(emulator.jwksUrl)).text();
    emulator.rotateKeys();
    keys.answer = ({ cache }) =>
      cache === 'default' ? Promise.resolve(new Response(old)) : fetch(emulator.jwksUrl);

    expect(await verdict(verifier(), await tokens())).toBeNull();
    expect(keys.requests).toEqual(['default', 'reload']);
  });

  it('are genuine although the HTTP cache has old keys, also if several are verified at the same time', async () => {
    const old = await (await fetch(emulator.jwksUrl)).text();
    emulator.rotateKeys();
    keys.answer = ({ cache }) =>
      cache === 'default' ? Promise.resolve(new Response(old)) : fetch(emulator.jwksUrl);
    const verify = verifier();
    const all = await Promise.all([tokens(), tokens(), tokens()]);

    expect(await Promise.all(all.map((of) => verdict(verify, of)))).toEqual([null, null, null]);
    expect(keys.requests).toEqual(['default', 'reload']);
  });

  it('with invented keys cause no request each', async () => {
    const verify = verifier();
    const { accessToken } = await tokens();
    const invented = (kid: string) => ({ accessToken: changed(accessToken, {}, { kid }) });

    const verdicts = [
      await verdict(verify, invented('a')),
      await verdict(verify, invented('b')),
      await verdict(verify, invented('c')),
    ];

    expect(verdicts.map((error) => [error?.code, error?.retryable])).toEqual([
      ['invalidToken', false],
      ['serviceError', true],
      ['serviceError', true],
    ]);
    expect(keys.requests).toEqual(['default', 'reload']);
    expect(await verdict(verify, { accessToken })).toBeNull();
  });

  it.each<[string, () => Promise<Response>, string]>([
    ['cannot be fetched', () => Promise.reject(new TypeError('Failed to fetch')), 'networkError'],
    ['are not there', () => Promise.resolve(new Response('', { status: 503 })), 'networkError'],
    ['are a page of a hotel', () => Promise.resolve(new Response('<html>Sign in</html>')), 'invalidResponse'],
    ['are no keys', () => Promise.resolve(new Response('{"keys":[{"kid":1}]}')), 'invalidResponse'],
    ['are of a fetch that throws', () => Promise.reject(new SyntaxError('mine')), 'networkError'],
  ])('are undecided while the keys %s, and decided later', async (_, answer, code) => {
    const verify = verifier();
    keys.answer = answer;
    const of = await tokens();

    expect(await verdict(verify, of)).toMatchObject({ code, retryable: true });
    keys.answer = null;

    expect(await verdict(verify, of)).toBeNull();
  });

  it('are undecided if WebCrypto is not there', async () => {
    const verify = verifier({
      jwks: {
        keys: [
          {
            kty: 'RSA',
            kid: 'x',
            get n(): string {
              throw new TypeError('importKey of undefined');
            },
            e: 'AQAB',
          },
        ],
      },
    });
    const { accessToken } = await tokens();

    expect(await verdict(verify, { accessToken: changed(accessToken, {}, { kid: 'x' }) })).toMatchObject({
      code: 'serviceError',
      retryable: true,
    });
  });
});

describe('a request for keys', () => {
  const URL = 'https://keys.example';
  let time: ManualTime;

  beforeEach(() => {
    time = new ManualTime();
  });

  it('ends in time, also if the fetch of the app ignores that', async () => {
    const signals: (AbortSignal | null | undefined)[] = [];
    const keys = new PoolKeys((_, init = {}) => {
      signals.push(init.signal);
      return new Promise<never>(() => undefined);
    }, time.scheduler);

    const outcome = keys.fetch(URL).catch((error: unknown) => error);
    time.advance(5000);

    expect(await outcome).toBeInstanceOf(FetchError);
    expect(signals.map((signal) => signal?.aborted)).toEqual([true]);
  });

  it('that hangs is not joined by later ones', async () => {
    let isHanging = true;
    const keys = new PoolKeys(() => {
      if (isHanging) return new Promise<never>(() => undefined);
      return Promise.resolve(new Response('{}'));
    }, time.scheduler);
    const first = keys.fetch(URL).catch(() => null);
    time.advance(5000);
    await first;

    isHanging = false;

    expect((await keys.fetch(URL)).byteLength).toBe(2);
  });

  it('carries no cookies, and leaves no timer', async () => {
    const sent: RequestInit[] = [];
    const keys = new PoolKeys((_, init = {}) => {
      sent.push(init);
      return Promise.resolve(new Response('{}'));
    }, time.scheduler);

    await keys.fetch(URL);

    expect(sent).toMatchObject([{ credentials: 'omit' }]);
    expect(time.armedTimers).toBe(0);
  });
});
