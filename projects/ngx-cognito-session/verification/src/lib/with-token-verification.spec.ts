import {
  ApplicationInitStatus,
  createEnvironmentInjector,
  EnvironmentInjector,
  PLATFORM_ID,
  REQUEST,
} from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { startEmulator, type Emulator } from 'cognito-emulator';
import { firstValueFrom } from 'rxjs';
import {
  provideSession,
  SessionService,
  withCookieStorage,
  withStorage,
  type SessionFeature,
  type StorageAdapter,
} from 'ngx-cognito-session';
import { provideSessionTesting } from 'ngx-cognito-session/testing';
import { CountingStorage } from '../../../testing-support/counting-storage';
import { KeyServer } from '../../../testing-support/key-server';
import { ManualTime } from '../../../testing-support/manual-time';
import { requestCookies } from '../../../testing-support/request-cookies';
import {
  configFor,
  errorOf,
  nextStatus,
  startApp,
  type SessionApp,
} from '../../../testing-support/session-app';
import { turns, until } from '../../../testing-support/turns';
import { withTokenVerification } from '../public-api';
import { LOAD_POOL_VERIFIER } from './cognito-token-verifier';

const HOUR = 3_600_000;
const REFRESH = 'GetTokensFromRefreshToken';

let emulator: Emulator;
let time: ManualTime;
let keys: KeyServer;
let storage: CountingStorage;

beforeEach(async () => {
  time = new ManualTime();
  emulator = await startEmulator({ clock: time });
  emulator.configure({ rotation: true });
  keys = new KeyServer(emulator);
  storage = new CountingStorage();
});

afterEach(() => emulator.close());

function open(
  adapter: StorageAdapter = storage,
  verification: SessionFeature = withTokenVerification({ fetch: keys.fetch }),
): SessionApp {
  return startApp({ config: configFor(emulator), time, features: [withStorage(adapter), verification] });
}

async function signedIn(): Promise<SessionApp> {
  const app = open();
  await firstValueFrom(app.session.setTokens(await emulator.signIn('alice')));
  return app;
}

function forge(text: string): string {
  // The last character of a signature has bits that do not count.
  return text.replace(
    /(\.[\w-]+\.)([\w-]{10})/,
    (_, before: string, signature: string) => before + signature.slice(5) + signature.slice(0, 5),
  );
}

describe('withTokenVerification', () => {
  it('adopts genuine tokens, with one request for keys per page', async () => {
    const { session } = await signedIn();
    await firstValueFrom(session.forceRefresh());

    expect(session.user()?.username).toBe('alice');
    expect(keys.requests).toHaveLength(1);
  });

  it('restores what is genuine after a reload', async () => {
    await signedIn();

    const { session, states, events } = open();
    await nextStatus(session, 'signedIn');

    expect(states.map(({ status }) => status)).toEqual(['restoring', 'signedIn']);
    expect(events.map(({ type }) => type)).toEqual(['sessionRestored']);
    expect(emulator.accessTokenStatus(await firstValueFrom(session.getAccessToken())).isValid).toBe(true);
  });

  it('rejects forged tokens of the app', async () => {
    const { session } = open();
    const { AccessToken, ...rest } = await emulator.signIn('alice');

    const error = await errorOf(session.setTokens({ ...rest, AccessToken: forge(AccessToken) }));

    expect(error).toMatchObject({ code: 'invalidToken', retryable: false });
    expect(session.state()).toEqual({ status: 'signedOut', reason: 'noSession' });
  });

  it('rejects a forged session in the storage', async () => {
    await signedIn();
    const [key = ''] = storage.keys();
    storage.setItem(key, forge(storage.getItem(key) ?? ''));

    const { session, events, logged } = open();
    await nextStatus(session, 'signedOut');

    expect(session.state()).toEqual({ status: 'signedOut', reason: 'storageUnreadable' });
    expect(events[0]).toMatchObject({ type: 'error', error: { code: 'invalidToken' } });
    expect(JSON.stringify([events, logged])).not.toMatch(/eyJ/);
  });

  it('refreshes a genuine session whose access token has expired', async () => {
    await signedIn();
    time.sleep(2 * HOUR);

    const { session, states } = open();
    await until(() => {
      time.advance(0);
      return session.isSignedIn();
    });

    expect(states.map(({ status }) => status)).toEqual(['restoring', 'signedIn']);
    expect(emulator.log.count(REFRESH)).toBe(1);
  });

  it('learns new keys when the pool changes them', async () => {
    await signedIn();
    emulator.rotateKeys();
    const { session } = await signedIn();

    expect(session.isSignedIn()).toBe(true);
    emulator.rotateKeys();
    time.advance(1000);
    await firstValueFrom(session.setTokens(await emulator.signIn('alice')));
    expect(session.isSignedIn()).toBe(true);
  });

  it('tries again for 10 s while its code cannot be loaded, then gives a typed, retryable error', async () => {
    let isGone = true;
    let tries = 0;
    const app = startApp({
      config: configFor(emulator),
      time,
      features: [withTokenVerification({ fetch: keys.fetch })],
      providers: [
        {
          provide: LOAD_POOL_VERIFIER,
          useValue: () => {
            tries++;
            return isGone
              ? Promise.reject(new TypeError('Failed to fetch chunk'))
              : import('./pool-verifier');
          },
        },
      ],
    });
    const tokens = await emulator.signIn('alice');
    const failed = errorOf(app.session.setTokens(tokens));
    await until(() => tries === 1);
    await turns();
    time.advance(5000);
    await until(() => tries === 2);
    await turns();
    time.advance(5000);

    expect(await failed).toMatchObject({
      code: 'networkError',
      retryable: true,
      message: expect.stringContaining('could not be loaded'),
    });
    isGone = false;
    await firstValueFrom(app.session.setTokens(tokens));

    expect(app.session.isSignedIn()).toBe(true);
  });

  it('asks for no key before there is a token', async () => {
    const { session } = open();
    await firstValueFrom(session.initialize());

    expect(keys.requests).toEqual([]);
  });
});

describe('withTokenVerification of an app', () => {
  it('is not that of a session further down, which may have no user pool', () => {
    open();
    const { region, clientId } = configFor(emulator);
    const own = provideSession({ region, clientId: `${clientId}-2` });

    const injector = createEnvironmentInjector([own], TestBed.inject(EnvironmentInjector));

    expect(injector.get(SessionService).state()).toEqual({ status: 'signedOut', reason: 'noSession' });
    injector.destroy();
  });

  it('is switched off in its tests, whose tokens have no signature', () => {
    TestBed.resetTestingModule();
    TestBed.configureTestingModule({
      providers: [
        provideSession(configFor(emulator), withTokenVerification({ fetch: keys.fetch })),
        provideSessionTesting({ user: { username: 'alice' } }),
      ],
    });

    expect(TestBed.inject(SessionService).user()?.username).toBe('alice');
    expect(keys.requests).toEqual([]);
  });
});

describe('withTokenVerification on a server', () => {
  async function render(cookies: string, verification: SessionFeature): Promise<SessionApp> {
    const request = new Request('https://app.example/', { headers: { cookie: cookies } });
    const app = startApp({
      config: configFor(emulator),
      time,
      features: [withCookieStorage(), verification],
      providers: [
        { provide: PLATFORM_ID, useValue: 'server' },
        { provide: REQUEST, useValue: request },
      ],
    });
    await TestBed.inject(ApplicationInitStatus).donePromise;
    return app;
  }

  async function cookiesOf(username: string, change = (token: string) => token): Promise<string> {
    const { AccessToken, IdToken: idToken } = await emulator.signIn(username);
    return requestCookies({
      clientId: emulator.clientId,
      tokens: { accessToken: change(AccessToken), idToken },
    });
  }

  it('believes genuine tokens in the cookies of a request', async () => {
    const { session } = await render(await cookiesOf('alice'), withTokenVerification({ fetch: keys.fetch }));

    expect(session.state()).toMatchObject({ status: 'signedIn', session: { user: { username: 'alice' } } });
  });

  it('rejects forged ones', async () => {
    const { session, events } = await render(
      await cookiesOf('alice', forge),
      withTokenVerification({ fetch: keys.fetch }),
    );

    expect(session.state()).toEqual({ status: 'signedOut', reason: 'storageUnreadable' });
    expect(JSON.stringify(events)).not.toMatch(/eyJ/);
  });

  it('leaves the decision to the browser without keys', async () => {
    keys.answer = () => Promise.resolve(new Response('', { status: 503 }));

    const { session, logged } = await render(
      await cookiesOf('alice'),
      withTokenVerification({ fetch: keys.fetch }),
    );

    expect(session.state()).toEqual({ status: 'restoring' });
    expect(logged).toMatchObject([{ level: 'warn', text: expect.stringContaining('could not be verified') }]);
  });

  it('fetches the keys once for all requests, and keeps the users apart', async () => {
    const verification = withTokenVerification({ fetch: keys.fetch });

    const first = await render(await cookiesOf('alice'), verification);
    const second = await render(await cookiesOf('alice', forge), verification);

    expect([first.session.isSignedIn(), second.session.isSignedIn()]).toEqual([true, false]);
    expect(keys.requests).toHaveLength(1);
  });
});
