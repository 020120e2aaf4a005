import { ApplicationInitStatus, PLATFORM_ID, REQUEST } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { firstValueFrom, NEVER, of, Subject, throwError } from 'rxjs';
import { ManualTime } from '../../../testing-support/manual-time';
import { requestCookie, requestCookies } from '../../../testing-support/request-cookies';
import { errorOf, startApp, type AppOptions, type SessionApp } from '../../../testing-support/session-app';
import { authTokens, CLIENT_ID } from '../../../testing-support/test-tokens';
import { turns } from '../../../testing-support/turns';
import { SessionError, withCookieStorage, withLocalStorage, type SessionFeature } from '../../public-api';
import { TOKEN_VERIFIER, type TokenVerifier } from '../cognito/token-verifier';

const KEY = { region: 'eu-west-1', clientId: CLIENT_ID, sid: 'sid-1' };
const HOUR_SECONDS = 3600;

const GENUINE: TokenVerifier = { verify: () => of(undefined) };

function failing(error: unknown): TokenVerifier {
  return { verify: () => throwError(() => error) };
}

describe('a server that verifies tokens', () => {
  let time: ManualTime;
  let nowSeconds: number;

  beforeEach(() => {
    time = new ManualTime();
    nowSeconds = time.now() / 1000;
  });

  interface Answering {
    /** `null`: there is no request, the page is rendered at build time. */
    readonly cookies: string | null;
    readonly verifier?: TokenVerifier | null;
    readonly feature?: SessionFeature;
  }

  function begin(
    { cookies, verifier = GENUINE, feature = withCookieStorage() }: Answering,
    app: Partial<AppOptions> = {},
  ): SessionApp {
    const request =
      cookies === null ? null : new Request('https://app.example/', { headers: { cookie: cookies } });
    return startApp({
      config: { region: KEY.region, clientId: KEY.clientId },
      time,
      features: [feature],
      providers: [
        { provide: PLATFORM_ID, useValue: 'server' },
        { provide: REQUEST, useValue: request },
        verifier === null ? [] : { provide: TOKEN_VERIFIER, useValue: verifier },
      ],
      ...app,
    });
  }

  async function answer(answering: Answering): Promise<SessionApp> {
    const app = begin(answering);
    await TestBed.inject(ApplicationInitStatus).donePromise;
    return app;
  }

  function signedInCookies({ iat = nowSeconds, sid = 'sid-1', clockDrift = 0 } = {}): string {
    return requestCookies({ ...KEY, sid, clockDrift, tokens: authTokens({ iat }) });
  }

  it('believes genuine tokens in the cookies of the request', async () => {
    const { session } = await answer({ cookies: `theme=dark; ${signedInCookies()}; lang=de` });

    expect(session.state()).toMatchObject({ status: 'signedIn', session: { user: { username: 'alice' } } });
    expect(await firstValueFrom(session.getAccessToken())).toBe(authTokens({ iat: nowSeconds }).accessToken);
  });

  it('shows the tokens of the cookies to the verifier', async () => {
    const shown: unknown[] = [];
    const { accessToken, idToken } = authTokens({ iat: nowSeconds });

    await answer({
      cookies: signedInCookies(),
      verifier: {
        verify: (tokens, { clientId }) => {
          shown.push(tokens, clientId);
          return of(undefined);
        },
      },
    });

    expect(shown).toEqual([{ accessToken, idToken }, CLIENT_ID]);
  });

  it('delays the app until the verifier has answered', async () => {
    const verdict = new Subject<void>();
    const { session } = begin({ cookies: signedInCookies(), verifier: { verify: () => verdict } });
    const before = session.state().status;

    verdict.next();
    await TestBed.inject(ApplicationInitStatus).donePromise;

    expect([before, session.state().status]).toEqual(['restoring', 'signedIn']);
  });

  it('knows that no user is signed in without a cookie', async () => {
    const { session } = await answer({ cookies: 'theme=dark' });

    expect(session.state()).toEqual({ status: 'signedOut', reason: 'noSession' });
  });

  it('rejects forged tokens, and reports them', async () => {
    const { session, logged } = await answer({
      cookies: signedInCookies(),
      verifier: failing(new SessionError('invalidToken', 'Forged.')),
    });

    expect(session.state()).toEqual({ status: 'signedOut', reason: 'storageUnreadable' });
    expect(logged).toHaveLength(1);
  });

  const isPiece = (cookie: string): boolean => /\.\d+=/.test(cookie);

  it.each<[string, (cookies: readonly string[]) => string]>([
    [
      'a piece of the session is missing (H2)',
      (cookies) => cookies.filter((one) => !isPiece(one)).join('; '),
    ],
    ['only pieces of the session arrive', (cookies) => cookies.filter(isPiece).join('; ')],
    ['the value is unreadable', () => requestCookie(KEY, 'garbage')],
    ['the value is of another version', () => requestCookie(KEY, '{"v":99}')],
    [
      'the end of the value is missing',
      (cookies) => cookies.map((one) => (isPiece(one) ? one.slice(0, -30) : one)).join('; '),
    ],
  ])('leaves it to the browser, and notes why, when %s', async (_, arriving) => {
    const { idToken: short, ...tokens } = authTokens({ iat: nowSeconds });
    const idToken = `${short ?? ''}${'x'.repeat(3000)}`;
    const cookies = requestCookies({ ...KEY, tokens: { ...tokens, idToken } }).split('; ');

    const { session, events, logged } = await answer({ cookies: arriving(cookies) });

    expect(cookies.filter(isPiece)).toHaveLength(1);
    expect(session.state()).toEqual({ status: 'restoring' });
    expect(events).toEqual([]);
    expect(logged).toEqual([
      { level: 'warn', text: expect.stringMatching(/could not be verified.*storageError/) },
    ]);
    expect(logged[0]?.text).not.toMatch(/eyJ|xxx/);
  });

  it.each([';', ';\t', ' ;  '])('reads cookies that a proxy has joined with %j (H1)', async (separator) => {
    const cookies = `theme=dark; ${signedInCookies()}; lang=de`.split('; ').join(separator);

    const { session } = await answer({ cookies });

    expect(session.state()).toMatchObject({ status: 'signedIn', session: { user: { username: 'alice' } } });
  });

  it.each([
    ['the app verifies nothing', { verifier: null }],
    ['the page is rendered at build time', { cookies: null }],
    ['the session lies elsewhere', { feature: withLocalStorage() }],
  ])('leaves it to the browser when %s', async (_, answering: Partial<Answering>) => {
    const { session, events, logged } = await answer({ cookies: signedInCookies(), ...answering });

    expect(session.state()).toEqual({ status: 'restoring' });
    expect([events, logged]).toEqual([[], []]);
  });

  it('leaves it to the browser when the verifier cannot tell, and notes why', async () => {
    const { session, logged } = await answer({
      cookies: signedInCookies(),
      verifier: failing(new Error('No keys.')),
    });

    expect(session.state()).toEqual({ status: 'restoring' });
    expect(logged.map(({ text }) => text)).toEqual([expect.stringContaining('could not be verified')]);
  });

  it.each<readonly [string, Partial<AppOptions>, TokenVerifier]>([
    ['the verifier', {}, { verify: () => NEVER }],
    ['the configuration', { config: () => new Promise<never>(() => undefined) }, GENUINE],
  ])('leaves it to the browser when %s does not answer within 2 s', async (_, app, verifier) => {
    const { session, logged } = begin({ cookies: signedInCookies(), verifier }, app);
    let isReady = false;
    void TestBed.inject(ApplicationInitStatus).donePromise.then(() => (isReady = true));
    time.advance(2000 - 1);
    await turns();
    const readyBefore = isReady;

    time.advance(1);
    await turns();

    expect([readyBefore, isReady, session.state()]).toEqual([false, true, { status: 'restoring' }]);
    expect(logged.map(({ text }) => text)).toEqual([expect.stringContaining('could not be verified')]);
    expect(time.scheduler.actions).toEqual([]);
  });

  it('leaves it to the browser when the tokens have expired, which could be renewed there', async () => {
    const { session } = await answer({ cookies: signedInCookies({ iat: nowSeconds - HOUR_SECONDS }) });

    expect(session.state()).toEqual({ status: 'restoring' });
  });

  it('goes by its own clock, however wrong the device of the user is', async () => {
    const cookies = signedInCookies({ iat: nowSeconds - HOUR_SECONDS + 60, clockDrift: -7200 });

    const { session } = await answer({ cookies });

    expect(session.state()).toMatchObject({ status: 'signedIn', session: { clockDrift: 0 } });
  });

  it('renews nothing, and hands out a token until it expires', async () => {
    const { session } = await answer({ cookies: signedInCookies({ iat: nowSeconds - HOUR_SECONDS + 10 }) });

    expect(await firstValueFrom(session.getAccessToken())).not.toBe('');
    expect(await errorOf(session.forceRefresh())).toMatchObject({ code: 'noRefreshToken' });
    time.advance(11_000);
    expect(await errorOf(session.getAccessToken())).toMatchObject({ code: 'tokensExpired' });
  });

  it('leaves no timer behind', async () => {
    await answer({ cookies: signedInCookies() });

    expect(time.scheduler.actions).toEqual([]);
  });
});
