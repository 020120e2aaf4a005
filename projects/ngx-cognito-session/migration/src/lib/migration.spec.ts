import {
  MemoryStorage,
  withCookieStorage,
  withIndexedDb,
  withLocalStorage,
  withSessionStorage,
  withSharedMemory,
  withStorage,
  type SessionConfig,
  type SessionFeature,
} from 'ngx-cognito-session';
import { firstValueFrom, Subject } from 'rxjs';
import { emulatedApp, HOUR, REFRESH, REVOKE } from '../../../testing-support/emulated-app';
import { FakeLockManager } from '../../../testing-support/fake-lock-manager';
import { failingDatabase } from '../../../testing-support/failing-writes';
import { passUntil } from '../../../testing-support/pass-until';
import { readDatabase } from '../../../testing-support/raw-database';
import { fillStorage, itemNames, recordingOf } from '../../../testing-support/recorded-storage';
import { configFor, startApp, startTab, type SessionApp } from '../../../testing-support/session-app';
import { emulatedBrowser } from '../../../testing-support/tabs';
import { until } from '../../../testing-support/turns';
import { WEB_LOCKS } from '../../../src/lib/platform/web-locks';
import { withAmplifyMigration } from './with-amplify-migration';
import { withCognitoIdentityJsMigration } from './with-cognito-identity-js-migration';

const AMPLIFY = recordingOf('aws-amplify 6');
const CLASSIC = recordingOf('amazon-cognito-identity-js 6');

describe('the migration', () => {
  const app = emulatedApp();
  const browser = emulatedBrowser(app);
  const database = failingDatabase();
  afterEach(() => {
    database.mend();
    sessionStorage.clear();
    for (const name of itemNames('cookies')) document.cookie = `${name}=; Max-Age=0; Path=/`;
  });

  const name = (field: string) => `CognitoIdentityServiceProvider.${app.emulator.clientId}.alice.${field}`;
  const isOldSessionThere = () => localStorage.getItem(name('refreshToken')) !== null;

  function open(config: Partial<SessionConfig> = {}, ...features: SessionFeature[]): SessionApp {
    const own = features.length > 0 ? features : [withIndexedDb(), withAmplifyMigration()];
    return startApp({ config: configFor(app.emulator, config), time: app.time, features: own });
  }

  async function started(
    config: Partial<SessionConfig> = {},
    ...features: SessionFeature[]
  ): Promise<SessionApp> {
    const page = open(config, ...features);
    await firstValueFrom(page.session.initialize());
    return page;
  }

  it('restores the session after a reload from the own record', async () => {
    await fillStorage(app.emulator, AMPLIFY);
    await started();

    const { session } = await started();

    expect(session.user()?.username).toBe('alice');
    expect(await readDatabase('cognito-session')).toHaveLength(1);
  });

  it('gives the state in the first task if the session is in memory', async () => {
    await fillStorage(app.emulator, AMPLIFY);

    const { session } = open({}, withAmplifyMigration());

    expect(session.user()?.username).toBe('alice');
    expect(isOldSessionThere()).toBe(false);
  });

  it.each<[string, () => SessionFeature]>([
    ['localStorage', withLocalStorage],
    ['cookies', withCookieStorage],
    ['a storage for each tab', withSessionStorage],
    ['memory shared by tabs', withSharedMemory],
  ])('puts the session where the app stores its own: %s', async (_, storage) => {
    const tokens = await fillStorage(app.emulator, AMPLIFY);

    const { session } = await started({}, storage(), withAmplifyMigration());

    expect((await firstValueFrom(session.getTokens()))?.accessToken).toBe(tokens.AccessToken);
    expect(isOldSessionThere()).toBe(false);
  });

  it('leaves a page without an old session alone', async () => {
    const { session, events } = await started();

    expect(session.state()).toEqual({ status: 'signedOut', reason: 'noSession' });
    expect(events).toEqual([]);
  });

  it('is not disturbed by the signals of a page that is shown while it waits for its turn', async () => {
    await fillStorage(app.emulator, AMPLIFY);
    const page = startApp({
      config: configFor(app.emulator),
      time: app.time,
      features: [withIndexedDb(), withAmplifyMigration()],
      providers: [{ provide: WEB_LOCKS, useValue: new FakeLockManager() }],
    });
    page.wake.next('pageshow');
    await firstValueFrom(page.session.initialize());

    expect(page.states.map(({ status }) => status)).toEqual(['restoring', 'signedIn']);
    expect(app.emulator.log.count(REVOKE)).toBe(0);
  });

  it('imports the session if a command has let the page look before', async () => {
    await fillStorage(app.emulator, AMPLIFY);
    const page = startApp({
      config: configFor(app.emulator),
      time: app.time,
      features: [withIndexedDb(), withAmplifyMigration()],
      providers: [{ provide: WEB_LOCKS, useValue: new FakeLockManager() }],
    });
    await firstValueFrom(page.session.setTokens({ refreshToken: 'unknown' })).catch(() => undefined);
    page.wake.next('pageshow');
    await until(() => page.session.isSignedIn());

    expect(page.session.user()?.username).toBe('alice');
    expect(app.emulator.log.count(REVOKE)).toBe(0);
  });

  it('does not use the clock drift that was stored', async () => {
    await fillStorage(app.emulator, CLASSIC);

    const { session } = await started({}, withIndexedDb(), withCognitoIdentityJsMigration());

    expect(session.session()?.clockDrift).toBe(0);
  });

  it.each([
    ['there is no access token', 'accessToken'],
    ['no user is named', 'LastAuthUser'],
  ])('imports nothing if the session was half written: %s', async (_, missing) => {
    await fillStorage(app.emulator, CLASSIC);
    localStorage.removeItem(name(missing).replace('.alice.LastAuthUser', '.LastAuthUser'));

    const { session, events } = await started({}, withIndexedDb(), withCognitoIdentityJsMigration());

    expect(session.isSignedIn()).toBe(false);
    expect(events).toEqual([]);
  });

  it('imports a session that was written without its refresh token: it ends with its tokens', async () => {
    await fillStorage(app.emulator, AMPLIFY);
    localStorage.removeItem(name('refreshToken'));

    const { session } = await started();

    expect(session.user()?.username).toBe('alice');
    expect((await firstValueFrom(session.getTokens()))?.refreshToken).toBeUndefined();
  });

  it('finds the user whom Amplify 6 calls by its default name', async () => {
    await fillStorage(app.emulator, AMPLIFY);
    localStorage.removeItem(name('LastAuthUser').replace('alice.', ''));
    for (const [key, value] of Object.entries(localStorage))
      localStorage.setItem(key.replace('.alice.', '.username.'), String(value));

    const { session } = await started();

    expect(session.user()?.username).toBe('alice');
  });

  it('takes the newer one of two sessions, and removes both', async () => {
    await fillStorage(app.emulator, AMPLIFY);
    app.time.sleep(HOUR / 2);
    const newer = await fillStorage(app.emulator, { ...AMPLIFY, place: 'sessionStorage' });

    const { session } = await started();

    expect((await firstValueFrom(session.getTokens()))?.accessToken).toBe(newer.AccessToken);
    expect([...itemNames('localStorage'), ...itemNames('sessionStorage')]).toEqual([
      `cognito-session:${app.emulator.clientId}/imported`,
    ]);
  });

  it('looks only where it is told to', async () => {
    await fillStorage(app.emulator, AMPLIFY);

    const { session } = await started({}, withIndexedDb(), withAmplifyMigration({ from: ['cookies'] }));

    expect(session.isSignedIn()).toBe(false);
    expect(isOldSessionThere()).toBe(true);
  });

  describe('leaves alone, and reports,', () => {
    it('a session of another user pool', async () => {
      await fillStorage(app.emulator, AMPLIFY);

      const { session, logged } = await started({ userPoolId: 'eu-west-1_Another1' });

      expect(session.isSignedIn()).toBe(false);
      expect(errorsIn(logged)).toEqual([expect.stringContaining('invalidToken')]);
      expect(isOldSessionThere()).toBe(true);
    });

    it('a session whose tokens are of two users', async () => {
      await fillStorage(app.emulator, AMPLIFY);
      localStorage.setItem(name('idToken'), (await app.emulator.signIn('bob')).IdToken);

      const { session, logged } = await started();

      expect(session.isSignedIn()).toBe(false);
      expect(errorsIn(logged)).toEqual([expect.stringContaining('invalidToken')]);
      expect(isOldSessionThere()).toBe(true);
    });

    it('a session with an ID token in the place of the access token', async () => {
      const { IdToken } = await fillStorage(app.emulator, AMPLIFY);
      localStorage.setItem(name('accessToken'), IdToken);

      const { session, logged } = await started();

      expect(session.isSignedIn()).toBe(false);
      expect(isOldSessionThere()).toBe(true);
      expect(errorsIn(logged)).toEqual([expect.stringContaining('invalidToken')]);
      expect(JSON.stringify(logged)).not.toContain(IdToken);
    });
  });

  it('leaves a session of another app client alone', async () => {
    await fillStorage(app.emulator, AMPLIFY);
    const before = itemNames('localStorage');

    const { session, events } = await started({ clientId: 'another' });

    expect(session.isSignedIn()).toBe(false);
    expect(events).toEqual([]);
    expect(itemNames('localStorage')).toEqual(before);
  });

  it('does not replace a session of this library', async () => {
    const first = await started({}, withIndexedDb());
    await firstValueFrom(first.session.setTokens(await app.emulator.signIn('bob')));
    await fillStorage(app.emulator, AMPLIFY);

    const { session } = await started();

    expect(session.user()?.username).toBe('bob');
    expect(isOldSessionThere()).toBe(true);
  });

  it('ends with the reason if Cognito refuses the refresh, and is not imported again', async () => {
    await fillStorage(app.emulator, AMPLIFY);
    const copy = Object.fromEntries(Object.entries(localStorage));
    app.time.sleep(2 * HOUR);
    app.emulator.faults.add(REFRESH, { kind: 'error', type: 'NotAuthorizedException' });
    const { session, events } = open();
    await until(() => {
      // The refresh is due at once.
      app.time.advance(0);
      return session.state().status === 'signedOut';
    });
    Object.assign(localStorage, copy);

    const next = await started();

    expect(events.at(-1)).toMatchObject({ type: 'sessionExpired', reason: 'refreshTokenExpired' });
    expect(session.state()).toMatchObject({ reason: 'refreshTokenExpired' });
    expect(next.session.isSignedIn()).toBe(false);
  });

  describe('after a sign-out', () => {
    it('does not import the session again', async () => {
      await fillStorage(app.emulator, AMPLIFY);
      const copy = Object.fromEntries(Object.entries(localStorage));
      const { session } = await started();
      await firstValueFrom(session.signOut());
      // A tab with the old app has written it again.
      Object.assign(localStorage, copy);

      const next = await started();

      expect(next.session.state()).toMatchObject({ status: 'signedOut' });
      expect(next.events).toEqual([]);
    });

    it.each<[string, SessionFeature[]]>([
      ['IndexedDB', [withIndexedDb()]],
      ['localStorage', [withLocalStorage()]],
      ['memory', []],
    ])('that came before the configuration was known, drops and revokes it: %s', async (_, storage) => {
      await fillStorage(app.emulator, AMPLIFY);
      const configured = new Subject<SessionConfig>();
      const own = [...storage, withAmplifyMigration()];
      const page = startApp({ config: () => firstValueFrom(configured), time: app.time, features: own });
      const isDone = firstValueFrom(page.session.signOut());
      configured.next(configFor(app.emulator));
      await isDone;
      await until(() => app.emulator.log.count(REVOKE) > 0);

      const next = await started({}, ...own);

      expect(next.session.isSignedIn()).toBe(false);
      expect(isOldSessionThere()).toBe(false);
      expect(app.emulator.liveRefreshTokens()).toEqual([]);
    });

    it('in a page that died before it knew the session, ends and revokes it', async () => {
      await fillStorage(app.emulator, AMPLIFY);
      localStorage.setItem(
        `cognito-session:${app.emulator.clientId}/signed-out/*`,
        JSON.stringify({ sid: '*', at: app.time.now() }),
      );

      const { session } = await started();
      await until(() => app.emulator.log.count(REVOKE) > 0);

      expect(session.isSignedIn()).toBe(false);
      expect(isOldSessionThere()).toBe(false);
      expect(app.emulator.liveRefreshTokens()).toEqual([]);
    });

    it('during the import, ends and revokes it', async () => {
      await fillStorage(app.emulator, AMPLIFY);
      const { session } = open();
      expect(session.state().status).toBe('restoring');

      await firstValueFrom(session.signOut());
      await until(() => app.emulator.log.count(REVOKE) > 0);
      const next = await started();

      expect(next.session.isSignedIn()).toBe(false);
      expect(isOldSessionThere()).toBe(false);
      expect(app.emulator.liveRefreshTokens()).toEqual([]);
    });
  });

  describe('if the record cannot be written', () => {
    it('keeps the old items, and reports it', async () => {
      await fillStorage(app.emulator, AMPLIFY);
      const before = itemNames('localStorage');
      database.fail();

      const { session, events } = await started();

      expect(session.isSignedIn()).toBe(false);
      expect(events).toMatchObject([{ type: 'error', error: { code: 'storageError' } }]);
      expect(itemNames('localStorage')).toEqual(before);
    });

    it('imports the session in the next page that can write', async () => {
      await fillStorage(app.emulator, AMPLIFY);
      database.fail();
      await started();
      database.mend();

      const { session } = await started();

      expect(session.user()?.username).toBe('alice');
      expect(isOldSessionThere()).toBe(false);
    });
  });

  it('removes the old items later, if a page died between the two', async () => {
    await fillStorage(app.emulator, AMPLIFY);
    const copy = Object.fromEntries(Object.entries(localStorage));
    await started();
    Object.assign(localStorage, copy);

    const { session } = await started();

    expect(session.user()?.username).toBe('alice');
    expect(isOldSessionThere()).toBe(false);
  });

  describe('in two tabs that start at once', () => {
    it('imports once, and refreshes once', async () => {
      await fillStorage(app.emulator, AMPLIFY);
      app.time.sleep(2 * HOUR);
      const features = [withAmplifyMigration()];

      const tabs = [browser.open({ features, talks: true }), browser.open({ features, talks: true })];
      await passUntil(browser, () => tabs.every(({ session }) => session.isSignedIn()));

      const record = await browser.record();
      expect(record).toMatchObject({ gen: 2 });
      const tokens = await Promise.all(tabs.map(({ session }) => firstValueFrom(session.getTokens())));
      expect(tokens.map((held) => held?.accessToken)).toEqual([
        record.tokens.accessToken,
        record.tokens.accessToken,
      ]);
      expect(app.emulator.log.count(REFRESH)).toBe(1);
      expect(app.emulator.liveRefreshTokens()).toHaveLength(1);
    });

    it('gives a session that they do not share to one of them', async () => {
      await fillStorage(app.emulator, AMPLIFY);
      const config = configFor(app.emulator);
      const providers = [{ provide: WEB_LOCKS, useValue: new FakeLockManager() }];

      const tabs = [new MemoryStorage(), new MemoryStorage()].map((memory) =>
        startTab({
          config,
          time: app.time,
          features: [withStorage(memory), withAmplifyMigration()],
          providers,
        }),
      );
      await Promise.all(tabs.map(({ session }) => firstValueFrom(session.initialize())));
      for (const tab of tabs) tab.destroy();

      expect(tabs.filter(({ session }) => session.isSignedIn())).toHaveLength(1);
    });
  });
});

function errorsIn(logged: SessionApp['logged']): readonly string[] {
  return logged.filter(({ level }) => level === 'error').map(({ text }) => text);
}
