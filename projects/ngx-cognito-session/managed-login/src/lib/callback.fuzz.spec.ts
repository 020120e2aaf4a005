import * as fc from 'fast-check';
import { damaged, expectCleanPrototypes, hostileTexts, textOf } from '../../../testing-support/fuzz/hostile';
import { refusalBy } from '../../../testing-support/fuzz/refusal-by';
import { managedLoginScene } from '../../../testing-support/managed-login-scene';
import { draws } from '../../../testing-support/property/draws';
import { replaceProperty } from '../../../testing-support/replaced-global';
import { errorOf } from '../../../testing-support/session-app';
import { SessionError } from 'ngx-cognito-session';
import { exchangeCode } from './protocol';

const scene = managedLoginScene();
afterEach(expectCleanPrototypes);

const VERIFIER = 'v'.repeat(43);
const SETTINGS = {
  clientId: 'client1',
  domain: 'https://login.example',
  issuers: ['https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Pool1', 'https://issuer.example'],
  redirectUri: 'https://app.example/callback',
  logoutUri: 'https://app.example/',
  scopes: ['openid'],
  resource: undefined,
} as unknown as Parameters<typeof exchangeCode>[0];

const CODES = [
  'callbackInvalid',
  'signInCancelled',
  'signInFailed',
  'networkError',
  'invalidToken',
  'invalidConfiguration',
  'throttled',
] as const;

describe('a callback', () => {
  const parameter = fc.tuple(
    fc.constantFrom('code', 'state', 'iss', 'error', 'error_description', 'response', '__proto__'),
    fc.oneof(hostileTexts(), fc.constantFrom('state-1', 'access_denied', SETTINGS.issuers[0])),
  );
  const IDTOKEN = {
    iss: SETTINGS.issuers[0],
    aud: 'client1',
    sub: 'user-1',
    nonce: 'nonce-1',
    iat: 1_767_614_400,
    exp: 1_767_618_000,
  };
  const jwt = damaged(IDTOKEN).map((claims) =>
    [{ alg: 'RS256' }, claims, 'x'].map((part) => Buffer.from(textOf(part)).toString('base64url')).join('.'),
  );
  const answer = fc.record({
    status: fc.constantFrom(200, 200, 200, 302, 400, 401, 429, 500),
    type: fc.constantFrom('application/json', 'text/html', 'application/json; charset=utf-8'),
    body: fc.oneof(
      hostileTexts(['access_token', 'token_type', 'id_token', 'error']),
      damaged({ access_token: 'a', token_type: 'Bearer', id_token: 'x.y.z', refresh_token: 'r' }).map(textOf),
      jwt.map((id_token) => textOf({ access_token: 'a', token_type: 'Bearer', id_token })),
    ),
  });

  it('is refused with a SessionError whatever it says, unless its state, its code and its ID token are those of the attempt', async () => {
    const calls: unknown[] = [];
    let next: () => Response = () => new Response();
    const restore = replaceProperty(globalThis, 'fetch', {
      value: (...call: unknown[]) => Promise.resolve((calls.push(call), next())),
    });
    try {
      await fc.assert(
        fc.asyncProperty(
          fc.array(parameter, { maxLength: 6 }),
          answer,
          async (given, { status, type, body }) => {
            calls.length = 0;
            next = () =>
              new Response(status === 302 ? null : body, { status, headers: { 'Content-Type': type } });
            const parameters = new URLSearchParams(given.filter(([, value]) => value.length < 1000));
            const attempt = { codeVerifier: VERIFIER, nonce: 'nonce-1', returnUrl: '/', at: 0, app: '/' };
            const callback = { parameters, state: 'state-1', attempt };

            const tokens = await exchangeCode(SETTINGS, callback, new AbortController().signal).catch(
              (error: unknown) =>
                refusalBy(...CODES)(() => {
                  throw error;
                }),
            );

            if (calls.length > 0) {
              expect(parameters.getAll('state')).toEqual(['state-1']);
              expect(parameters.getAll('code')).toHaveLength(1);
              expect(parameters.has('error')).toBe(false);
            }
            if (tokens === null) return;
            const { id_token: idToken = '' } = JSON.parse(body) as { readonly id_token?: string };
            const claims = JSON.parse(
              Buffer.from(idToken.split('.')[1] ?? '', 'base64url').toString(),
            ) as Record<string, unknown>;
            expect(claims['nonce']).toBe('nonce-1');
            expect([claims['aud']].flat()).toContain('client1');
            expect(SETTINGS.issuers).toContain(claims['iss']);
          },
        ),
        draws(60, 3000),
      );
    } finally {
      restore();
    }
  });
});

describe('a stored attempt', () => {
  const KEY = 'cognito-session:client1/sign-in/state-1';
  const ATTEMPT = { codeVerifier: VERIFIER, nonce: 'nonce-1', returnUrl: '/orders', at: 0, app: '/' };

  it.each([
    ['of another type', { returnUrl: 5 }],
    ['without a way back', { returnUrl: undefined }],
    ['without a verifier', { codeVerifier: undefined }],
    ['without its app', { app: undefined }],
    ['without a nonce', { nonce: null }],
  ])('that is damaged is none: %s', async (_, change) => {
    const { login } = scene.load();
    sessionStorage.setItem(KEY, JSON.stringify({ ...ATTEMPT, at: scene.time.now(), ...change }));

    const error = await errorOf(login.completeSignIn('http://localhost/callback?code=c&state=state-1'));

    expect(error).toMatchObject({ name: 'SessionError', code: 'callbackInvalid' });
    expect(scene.emulator.log.count('oauth2/token')).toBe(0);
    expect(sessionStorage.getItem(KEY)).toBeNull();
  });

  it('ends in a SessionError or at a URL of the app, whatever is stored', async () => {
    const { login } = scene.load();
    const stored = fc.oneof(
      hostileTexts(Object.keys(ATTEMPT)),
      damaged({ ...ATTEMPT, at: scene.time.now() }).map(textOf),
    );
    await fc.assert(
      fc.asyncProperty(stored, async (text) => {
        sessionStorage.setItem(KEY, text);

        const error = await errorOf(login.completeSignIn('http://localhost/callback?error=x&state=state-1'));

        expect(error).toBeInstanceOf(SessionError);
        expect(CODES).toContain((error as SessionError).code);
      }),
      draws(60, 1000),
    );
  });
});
