import { firstValueFrom, of, Subject, type Observable } from 'rxjs';
import { CountingStorage, HeldStorage } from '../../../testing-support/counting-storage';
import { emulatedApp, HOUR, MINUTE, REFRESH, REVOKE, SECOND } from '../../../testing-support/emulated-app';
import { failingDatabase } from '../../../testing-support/failing-writes';
import { START_SECONDS } from '../../../testing-support/held-sessions';
import { ManualTime } from '../../../testing-support/manual-time';
import {
  freeze,
  liveTokensOf,
  openTabs,
  refreshTokensSent,
  statusOf,
  TALKS,
  thaw,
  told,
} from '../../../testing-support/race-tabs';
import { errorOf, startApp, type SessionApp } from '../../../testing-support/session-app';
import { emulatedBrowser, type BrowserTab } from '../../../testing-support/tabs';
import { accessToken, CLIENT_ID, idToken, sdkTokens } from '../../../testing-support/test-tokens';
import { turns, until } from '../../../testing-support/turns';
import { TOKEN_REFRESHER, withStorage, type RefreshedTokens, type TokenRefresher } from '../../public-api';

const app = emulatedApp();
const browser = emulatedBrowser(app);
const database = failingDatabase();
const DAY = 24 * HOUR;

afterEach(() => {
  database.mend();
});

function calls(): number {
  return app.emulator.log.count(REFRESH);
}

describe('a refresh that fails at Cognito', () => {
  /** Its call is on its way, and will fail. */
  async function failing(tab: BrowserTab): Promise<() => Promise<void>> {
    app.emulator.faults.add(REFRESH, { kind: 'error', type: 'InternalErrorException' });
    const barrier = app.emulator.hold(REFRESH);
    tab.session.forceRefresh().subscribe({ error: () => {} });
    await barrier.arrived(1);
    return () => barrier.open();
  }

  it('has succeeded if another tab has refreshed meanwhile', async () => {
    const tab = await browser.signIn();
    const goOn = await failing(tab);
    const outcome = firstValueFrom(tab.session.forceRefresh());
    const { AccessToken, RefreshToken } = await app.emulator.signIn('alice');
    const newer = { accessToken: AccessToken, refreshToken: RefreshToken };
    await browser.changeRecord((record) => ({
      ...record,
      gen: 2,
      attempts: [],
      tokens: { ...record.tokens, ...newer },
    }));

    await goOn();

    expect(await outcome).toMatchObject({ user: { username: 'alice' } });
    expect([told(tab, 'tokenRefreshed'), told(tab, 'error')]).toEqual([['otherTab'], []]);
    expect(await firstValueFrom(tab.session.getTokens())).toMatchObject(newer);
  });

  it('frees its lock and tells the others, though the record cannot be written', async () => {
    const tab = await browser.signIn(TALKS);
    const goOn = await failing(tab);
    const outcome = errorOf(tab.session.forceRefresh());
    const said = browser.channels.said.length;
    database.fail();

    await goOn();

    expect(await outcome).toMatchObject({ code: 'serviceError' });
    await turns();
    expect(browser.locks.names).toEqual([]);
    expect(browser.channels.said.slice(said)).toMatchObject([{ message: { type: 'changed' } }]);
    expect(await errorOf(tab.session.forceRefresh())).toMatchObject({ code: 'storageError' });
    expect(browser.locks.names).toEqual([]);
  });

  it('is tried again whatever caused it, and a lost answer inside the grace is recovered (E14)', async () => {
    app.emulator.configure({ graceSeconds: 60 });
    const tab = await browser.signIn();
    app.emulator.faults.add(REFRESH, { kind: 'resetAfterCommit' });

    await errorOf(tab.session.forceRefresh());
    await browser.pass(5 * SECOND);
    await until(() => told(tab, 'tokenRefreshed').length === 1);

    expect(calls()).toBe(2);
    await browser.pass(10 * MINUTE);
    await firstValueFrom(tab.session.forceRefresh());
    expect(statusOf(tab)).toBe('signedIn');
  });
});

describe('a refused refresh token', () => {
  it('ends nothing before the record says whether it was the stored one', async () => {
    const tab = await browser.signIn();
    app.emulator.faults.add(REFRESH, { kind: 'error', type: 'NotAuthorizedException', times: 2 });
    const barrier = app.emulator.hold(REFRESH);
    const outcome = errorOf(tab.session.forceRefresh());
    await barrier.arrived(1);
    database.fail();

    await barrier.open();

    expect(await outcome).toMatchObject({ code: 'storageError' });
    expect([statusOf(tab), browser.locks.names]).toEqual(['signedIn', []]);

    database.mend();
    await browser.pass(5 * SECOND);
    await until(() => statusOf(tab).startsWith('signedOut'));
  });

  it.each([
    ['NotAuthorizedException', -SECOND, 'refreshTokenExpired'],
    ['NotAuthorizedException', 0, 'sessionEnded'],
    ['UserNotFoundException', 0, 'userNotFound'],
  ])('means, after %s and %i ms past the known end: %s', async (type, lateMs, reason) => {
    const tab = await browser.signIn({ config: { refreshTokenValidityDays: 1 } });
    app.emulator.faults.add(REFRESH, { kind: 'error', type });
    browser.sleep(DAY + lateMs);

    expect(await errorOf(tab.session.forceRefresh())).toMatchObject({ code: reason });

    expect(statusOf(tab)).toBe(`signedOut: ${reason}`);
  });

  it('is the cause of the error that names the reason', async () => {
    const tab = await browser.signIn();
    app.emulator.faults.add(REFRESH, { kind: 'resetAfterCommit' });
    await errorOf(tab.session.forceRefresh());
    browser.sleep(5 * SECOND);
    app.emulator.faults.add(REFRESH, { kind: 'error', type: 'NotAuthorizedException' });

    expect(await errorOf(tab.session.forceRefresh())).toMatchObject({
      code: 'rotationLost',
      serviceError: 'NotAuthorizedException',
      cause: { message: 'Cognito answered NotAuthorizedException.' },
    });
  });
});

describe('what another tab has refreshed', () => {
  it('is refreshed again once it is due itself', async () => {
    const [a, b] = await openTabs(browser, 2);
    browser.channels.deafen(b.name);
    await firstValueFrom(a.session.forceRefresh());
    a.destroy();
    browser.sleep(2 * HOUR);

    const token = await firstValueFrom(b.session.getAccessToken());

    expect(app.emulator.accessTokenStatus(token).isValid).toBe(true);
    expect(calls()).toBe(2);
    expect(new Set(refreshTokensSent(app)).size).toBe(2);
    expect((await browser.record()).gen).toBe(3);
  });

  it('is adopted by a refresh that was asked for while the page was restoring (E25)', async () => {
    const a = await browser.signIn(TALKS);
    const barrier = app.emulator.hold(REFRESH);
    const refreshed = firstValueFrom(a.session.forceRefresh());
    await barrier.arrived(1);
    const b = browser.open(TALKS);
    expect(statusOf(b)).toBe('restoring');

    const forced = firstValueFrom(b.session.forceRefresh());
    await turns(10);
    await barrier.open();
    await Promise.all([refreshed, forced]);

    expect(calls()).toBe(1);
    expect(told(b, 'tokenRefreshed')).toEqual(['otherTab']);
  });

  it('is adopted by a page that slept meanwhile, before it calls', async () => {
    const [a, b] = await openTabs(browser, 2);
    freeze(browser, b);
    await firstValueFrom(a.session.forceRefresh());

    thaw(browser, b);
    await firstValueFrom(b.session.forceRefresh());

    expect(calls()).toBe(1);
  });
});

describe('one call at a time per session, not per page (E17)', () => {
  it.each([
    ['a bare refresh token', (tokens: { RefreshToken: string }) => ({ refreshToken: tokens.RefreshToken })],
    ['tokens and a forced refresh', (tokens: { RefreshToken: string }) => tokens],
  ])('lets the next user sign in with %s while the refresh of the one before hangs', async (_, input) => {
    const tab = await browser.signIn();
    const barrier = app.emulator.hold(REFRESH);
    const hanging = errorOf(tab.session.forceRefresh());
    await barrier.arrived(1);
    await firstValueFrom(tab.session.signOut());
    const tokens = await app.emulator.signIn('bob');

    const signedIn = firstValueFrom(tab.session.setTokens(input(tokens)));
    if (input(tokens) === tokens) await signedIn;
    const forced = input(tokens) === tokens ? firstValueFrom(tab.session.forceRefresh()) : signedIn;
    await barrier.arrived(2);
    await barrier.release(1);
    await forced;

    expect(tab.session.user()?.username).toBe('bob');
    await barrier.open();
    expect(await hanging).toMatchObject({
      code: expect.stringMatching(/superseded|signedOut|noSession/) as string,
    });
    await until(() => liveTokensOf(app).length === 0);
    expect(tab.session.user()?.username).toBe('bob');
  });
});

describe('two sign-ins on a slow storage (E22)', () => {
  it('leave one refresh token alive', async () => {
    const storage = new HeldStorage();
    const { session } = app.open(storage);
    await firstValueFrom(session.initialize());
    storage.hold();
    const overtaken = errorOf(session.setTokens(await app.emulator.signIn('bob')));
    await turns(3);
    const signedIn = firstValueFrom(session.setTokens(await app.emulator.signIn('alice')));

    storage.release();
    await Promise.all([overtaken, signedIn]);

    await app.emulator.log.whenEnded(REVOKE, 1);
    expect([liveTokensOf(app, 'bob').length, liveTokensOf(app).length]).toEqual([0, 1]);
  });
});

describe('an answer that is not good', () => {
  interface Page extends SessionApp {
    readonly sent: readonly string[];
    readonly storage: CountingStorage;
  }

  /** Signed in at 12:00 for an hour; the transport gives what the test makes of the time in seconds. */
  async function page(answer: (nowSeconds: number, count: number) => RefreshedTokens): Promise<Page> {
    const time = new ManualTime(START_SECONDS * SECOND);
    const sent: string[] = [];
    const storage = new CountingStorage();
    const refresher: TokenRefresher = {
      refresh: ({ refreshToken }): Observable<RefreshedTokens> => {
        sent.push(refreshToken);
        return of(answer(Math.floor(time.now() / SECOND), sent.length));
      },
      revoke: () => new Subject(),
    };
    const started = startApp({
      config: { region: 'eu-west-1', clientId: CLIENT_ID },
      time,
      features: [withStorage(storage)],
      providers: [{ provide: TOKEN_REFRESHER, useValue: refresher }],
    });
    await firstValueFrom(started.session.setTokens(sdkTokens({ iat: START_SECONDS })));
    return { ...started, sent, storage };
  }

  function pass({ time }: SessionApp, seconds: number): void {
    for (let second = 0; second < seconds; second++) time.advance(SECOND);
  }

  it.each<[string, (nowSeconds: number) => string]>([
    ['always the first ID token', () => idToken({ iat: START_SECONDS })],
    ['an ID token of ten days ago', (now) => idToken({ iat: now - 864_000 })],
  ])('as it brings %s, leads to a back-off, and its refresh token is kept (E13)', async (_, id) => {
    const tab = await page((now, count) => ({
      accessToken: accessToken({ iat: now }),
      idToken: id(now),
      refreshToken: `rotated-${String(count)}`,
    }));
    pass(tab, 2 * 3600);

    expect(tab.sent.length).toBeGreaterThan(2);
    expect(tab.sent.length).toBeLessThan(130);
    expect(tab.sent).toEqual([
      'refresh-1',
      ...tab.sent.slice(1).map((_sent, at) => `rotated-${String(at + 1)}`),
    ]);
    expect(tab.session.state()).toMatchObject({ status: 'stale', error: { code: 'invalidResponse' } });
    expect(await errorOf(tab.session.getAccessToken())).toMatchObject({ code: 'invalidResponse' });
    expect(tab.storage.content).toContain(`rotated-${String(tab.sent.length)}`);
  });

  it.each<[string, number]>([
    ['older than those held', START_SECONDS - 1200],
    ['those held, which have expired by now', START_SECONDS],
  ])('as its tokens are %s, replaces nothing and moves no clock (E16, E10)', async (_, iat) => {
    const tab = await page(() => ({ accessToken: accessToken({ iat }), idToken: idToken({ iat }) }));
    pass(tab, 3600 - 30);
    const before = await firstValueFrom(tab.session.getTokens());
    expect(before?.clockDrift).toBe(0);
    expect(tab.session.session()?.expiresAt.getTime()).toBe((START_SECONDS + 3600) * SECOND);
    pass(tab, 60);

    expect(await firstValueFrom(tab.session.getTokens())).toEqual(before);
    expect(await errorOf(tab.session.getAccessToken())).toMatchObject({ code: 'invalidResponse' });
    expect(tab.session.isSignedIn()).toBe(true);
  });

  it.each<[string, unknown]>([
    ['null', null],
    ['an empty object', {}],
    ['tokens of another user', { accessToken: accessToken({ iat: START_SECONDS + 10, sub: 'mallory' }) }],
  ])('as it is %s, is invalidResponse', async (_, answer) => {
    const tab = await page(() => answer as RefreshedTokens);

    expect(await errorOf(tab.session.forceRefresh())).toMatchObject({
      code: 'invalidResponse',
      retryable: true,
    });
    expect(tab.session.isSignedIn()).toBe(true);
  });
});
