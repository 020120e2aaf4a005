/** @jest-environment-options {"url": "https://app.example.com/"} */
import { PLATFORM_ID, REQUEST_CONTEXT, TransferState } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { toClientSession } from 'cognito-server-session';
import { firstValueFrom } from 'rxjs';
import { Browser } from '../../../../cognito-server-session/testing-support/browser';
import {
  APP_ORIGIN,
  requestWith,
  ServerApp,
} from '../../../../cognito-server-session/testing-support/server-app';
import { ManualTime } from '../../../testing-support/manual-time';
import { replaceProperty } from '../../../testing-support/replaced-global';
import { errorOf, nextStatus, startApp, type SessionApp } from '../../../testing-support/session-app';
import { turns, until } from '../../../testing-support/turns';
import { provideServerSession } from './provide-server-session';

const HOUR = 3_600_000;

let app: ServerApp;
let browser: Browser;
let time: ManualTime;
let undo: () => void;

/** The page's `fetch` reaches the server with the cookies of the browser. */
beforeEach(async () => {
  localStorage.clear();
  const direct = globalThis.fetch;
  undo = replaceProperty(globalThis, 'fetch', {
    writable: true,
    value: (input: string | URL | Request, init: RequestInit = {}) => {
      const url = new URL(input instanceof Request ? input.url : input);
      if (url.origin !== APP_ORIGIN) return direct(input, init);
      const header = new Headers(init.headers).get('X-CSRF') ?? '';
      return browser.call(init.method ?? 'GET', `${url.pathname}${url.search}`, { 'X-CSRF': header });
    },
  });
  app = await ServerApp.start();
  browser = new Browser(app);
  time = new ManualTime(app.time.now());
});

afterEach(async () => {
  TestBed.resetTestingModule();
  undo();
  await app.close();
});

function open(providers: NonNullable<Parameters<typeof startApp>[0]['providers']> = []): SessionApp {
  return startApp({
    config: { region: '', clientId: '' },
    time,
    setUp: () => provideServerSession(),
    providers,
  });
}

function pass(ms: number): void {
  app.time.advance(ms);
  time.advance(ms);
}

async function signedIn(): Promise<SessionApp> {
  await browser.visit(await browser.logIn());
  const page = open();
  await nextStatus(page.session, 'signedIn');
  page.events.length = 0;
  return page;
}

describe('an app in front of cognito-server-session', () => {
  it('is signed in after managed login, and holds claims alone', async () => {
    const page = await signedIn();

    expect(page.session.session()).toMatchObject({
      user: { username: 'alice' },
      accessClaims: { token_use: 'access' },
      idClaims: { token_use: 'id' },
    });
    expect(page.session.session()?.endsAt?.getTime()).toBeGreaterThan(time.now());
    await expect(errorOf(page.session.getAccessToken())).resolves.toMatchObject({ code: 'tokensOnServer' });
    expect(JSON.stringify(page.states)).not.toMatch(/eyJ/);
  });

  it('learns of tokens that the server has refreshed', async () => {
    const page = await signedIn();
    const { expiresAt } = page.session.session() ?? {};
    pass(HOUR);

    const session = await firstValueFrom(page.session.forceRefresh());

    expect(session.expiresAt.getTime()).toBeGreaterThan(expiresAt?.getTime() ?? Infinity);
    expect(page.events.map(({ type }) => type)).toEqual(['tokenRefreshed']);
    expect(app.refreshCount()).toBe(1);
  });

  it('learns of a session that an administrator has ended', async () => {
    const page = await signedIn();
    app.emulator.changeUser('alice', { enabled: false });
    pass(HOUR);

    page.sleep.next('hidden');
    page.wake.next('visible');
    await nextStatus(page.session, 'signedOut');

    expect(page.events).toMatchObject([{ type: 'sessionExpired', reason: 'refreshTokenExpired' }]);
  });

  it('stays signed in while Cognito throttles', async () => {
    const page = await signedIn();
    pass(HOUR);
    app.emulator.faults.add('GetTokensFromRefreshToken', { kind: 'throttle' });

    await expect(errorOf(page.session.forceRefresh())).resolves.toMatchObject({ code: 'serviceError' });

    expect(page.session.isSignedIn()).toBe(true);
  });

  it('signs out: cookie, row and tokens are gone', async () => {
    const page = await signedIn();

    await firstValueFrom(page.session.signOut());

    expect(browser.cookies.size).toBe(0);
    expect(app.emulator.liveRefreshTokens()).toEqual([]);
    await expect(errorOf(page.session.forceRefresh())).resolves.toMatchObject({ code: 'noSession' });
  });

  it('signs out in every browser', async () => {
    const phone = new Browser(app);
    await phone.visit(await phone.logIn());
    const page = await signedIn();

    await firstValueFrom(page.session.signOut({ global: true }));

    expect(await (await phone.call('GET', '/auth/session')).json()).toBeNull();
  });

  it('is rendered with the session of the request, and the browser shows it in its first task', async () => {
    await browser.visit(await browser.logIn());
    const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const found = await app.sessions.get(requestWith(cookie));
    open([
      { provide: PLATFORM_ID, useValue: 'server' },
      { provide: REQUEST_CONTEXT, useValue: { session: found && toClientSession(found) } },
    ]);
    const html = TestBed.inject(TransferState).toJson();
    expect(html).not.toMatch(/eyJ/);
    const state = new TransferState();
    for (const [key, value] of Object.entries(JSON.parse(html) as Record<string, unknown>))
      state.set(key as never, value);

    const page = open([{ provide: TransferState, useValue: state }]);
    expect(page.session.user()?.username).toBe('alice');
    await until(() => page.events.length > 0);
    await turns();

    expect(page.states).toHaveLength(1);
    expect(page.session.isSignedIn()).toBe(true);
  });
});
