import { PLATFORM_ID } from '@angular/core';
import {
  withCookieStorage,
  withIndexedDb,
  withLocalStorage,
  withNoAutoRestore,
  withSessionStorage,
  withSharedMemory,
  withStorage,
  type SessionConfig,
  type SessionFeature,
  type SignOutOptions,
  type TokenInput,
} from 'ngx-cognito-session';
import { firstValueFrom, Subject } from 'rxjs';
import { CountingStorage, HeldStorage } from '../../../testing-support/counting-storage';
import { emulatedApp, REFRESH, REVOKE } from '../../../testing-support/emulated-app';
import { FakeLockManager } from '../../../testing-support/fake-lock-manager';
import { failingDatabase } from '../../../testing-support/failing-writes';
import { FakeVerifier, forged } from '../../../testing-support/fake-verifier';
import { fillStorage, itemNames, putItem, recordingOf } from '../../../testing-support/recorded-storage';
import { configFor, startApp, startTab, type SessionApp } from '../../../testing-support/session-app';
import { accessToken } from '../../../testing-support/test-tokens';
import { turns, until } from '../../../testing-support/turns';
import { verificationFeature } from '../../../src/lib/provide-session/verification-feature';
import { WEB_LOCKS } from '../../../src/lib/platform/web-locks';
import { withAmplifyMigration } from './with-amplify-migration';
import { withSessionImport } from './with-session-import';

const AMPLIFY = recordingOf('aws-amplify 6');

describe('the import of a session in trouble', () => {
  const app = emulatedApp();
  const database = failingDatabase();
  afterEach(() => {
    database.mend();
    sessionStorage.clear();
    for (const name of itemNames('cookies')) document.cookie = `${name}=; Max-Age=0; Path=/`;
  });

  const prefix = () => `CognitoIdentityServiceProvider.${app.emulator.clientId}.`;
  const isOldSessionThere = () => localStorage.getItem(`${prefix()}alice.refreshToken`) !== null;
  const read = (storage: Storage) => JSON.parse(storage.getItem('tokens') ?? 'null') as TokenInput | null;

  function open(...features: SessionFeature[]): SessionApp {
    return startApp({ config: configFor(app.emulator), time: app.time, features });
  }

  async function started(...features: SessionFeature[]): Promise<SessionApp> {
    const page = open(...features);
    await firstValueFrom(page.session.initialize());
    return page;
  }

  describe('after a sign-out', () => {
    const ofTheApp = new CountingStorage();

    it.each<[string, () => SessionFeature | null]>([
      ['memory', () => null],
      ['memory shared by tabs', withSharedMemory],
      ['localStorage', withLocalStorage],
      ['cookies', withCookieStorage],
      ['a storage for each tab', withSessionStorage],
      ['a storage of the app', () => withStorage(ofTheApp)],
    ])('does not happen again, wherever the app stores its own session: %s', async (_, storage) => {
      const features = () => [storage(), withAmplifyMigration()].filter((feature) => feature !== null);
      await fillStorage(app.emulator, AMPLIFY);
      const copy = Object.entries(localStorage);
      const first = await started(...features());
      expect(first.session.isSignedIn()).toBe(true);
      await firstValueFrom(first.session.signOut());
      // A tab with the old app has written it again.
      for (const [key, value] of copy) localStorage.setItem(key, String(value));

      const { session } = await started(...features());

      expect(session.isSignedIn()).toBe(false);
    });

    it('does not happen again in memory, although the old session could not be removed', async () => {
      localStorage.setItem('tokens', JSON.stringify(await app.emulator.signIn('alice')));
      const feature = withSessionImport(read, { remove: () => undefined });
      const { session } = await started(feature);
      await firstValueFrom(session.signOut({ revoke: false }));

      const next = await started(feature);

      expect(next.session.isSignedIn()).toBe(false);
    });

    it('happens in memory for the next sign-in with the old app', async () => {
      await fillStorage(app.emulator, AMPLIFY);
      const { session } = await started(withAmplifyMigration());
      await firstValueFrom(session.signOut());
      app.time.sleep(1000);
      await fillStorage(app.emulator, AMPLIFY);

      const next = await started(withAmplifyMigration());

      expect(next.session.isSignedIn()).toBe(true);
    });

    it('of a page that restores nothing does not happen, and the old session is gone', async () => {
      await fillStorage(app.emulator, AMPLIFY);
      const { session } = open(withIndexedDb(), withNoAutoRestore(), withAmplifyMigration());
      await firstValueFrom(session.signOut());
      await until(() => app.emulator.log.count(REVOKE) > 0);

      const next = await started(withIndexedDb(), withAmplifyMigration());

      expect(next.session.isSignedIn()).toBe(false);
      expect(isOldSessionThere()).toBe(false);
      expect(app.emulator.liveRefreshTokens()).toEqual([]);
    });

    it.each<[SignOutOptions, string | null]>([
      [{ revoke: false }, null],
      [{ global: true }, 'GlobalSignOut'],
    ])('that came early does at Cognito what it was told: %j', async (options, operation) => {
      await fillStorage(app.emulator, AMPLIFY);
      const configured = new Subject<SessionConfig>();
      const { session } = startApp({
        config: () => firstValueFrom(configured),
        time: app.time,
        features: [withIndexedDb(), withAmplifyMigration()],
      });
      const done = firstValueFrom(session.signOut(options));
      configured.next(configFor(app.emulator));
      await done;
      await until(() => !isOldSessionThere());
      await turns();

      expect(app.emulator.log.count(REVOKE)).toBe(0);
      if (operation !== null) await app.emulator.log.whenEnded(operation, 1);
    });

    it('during the refresh of a refresh token alone leaves no live refresh token', async () => {
      const { RefreshToken: refreshToken } = await app.emulator.signIn('alice');
      localStorage.setItem('tokens', JSON.stringify({ refreshToken }));
      const { session } = open(withIndexedDb(), withSessionImport(read));
      await until(() => app.emulator.log.count(REFRESH) > 0);

      await firstValueFrom(session.signOut());
      await until(() => app.emulator.liveRefreshTokens().length === 0);

      expect(session.isSignedIn()).toBe(false);
      expect(localStorage.getItem('tokens')).toBeNull();
    });

    it('does not send a refresh token alone whose turn comes later, and revokes it', async () => {
      const { RefreshToken: refreshToken } = await app.emulator.signIn('alice');
      localStorage.setItem('tokens', JSON.stringify({ refreshToken }));
      const ofTheApp = new HeldStorage();
      const { session } = open(withStorage(ofTheApp), withSessionImport(read));
      ofTheApp.hold();
      await turns();

      session.signOut();
      ofTheApp.release();
      await until(() => app.emulator.liveRefreshTokens().length === 0);

      expect(app.emulator.log.count(REFRESH)).toBe(0);
      expect(localStorage.getItem('tokens')).toBeNull();
    });

    it('does not happen if the page has looked before it was its turn', async () => {
      await fillStorage(app.emulator, AMPLIFY);
      const { session, wake } = startApp({
        config: configFor(app.emulator),
        time: app.time,
        features: [withIndexedDb(), withAmplifyMigration()],
        providers: [{ provide: WEB_LOCKS, useValue: new FakeLockManager() }],
      });
      await firstValueFrom(session.setTokens({ refreshToken: 'unknown' })).catch(() => undefined);
      wake.next('pageshow');

      await firstValueFrom(session.signOut());
      await turns();

      expect(session.isSignedIn()).toBe(false);
    });
  });

  it('removes and revokes at a sign-out what it has left alone, because another user was signed in', async () => {
    const first = await started(withIndexedDb());
    await firstValueFrom(first.session.setTokens(await app.emulator.signIn('bob')));
    await fillStorage(app.emulator, AMPLIFY);
    const { session } = await started(withIndexedDb(), withAmplifyMigration());

    await firstValueFrom(session.signOut());
    await until(() => app.emulator.liveRefreshTokens().length === 0);

    expect(isOldSessionThere()).toBe(false);
  });

  it('leaves the session of a sign-in that came meanwhile alone', async () => {
    await fillStorage(app.emulator, AMPLIFY);
    const { session } = startApp({
      config: configFor(app.emulator),
      time: app.time,
      features: [withIndexedDb(), withAmplifyMigration()],
      providers: [{ provide: WEB_LOCKS, useValue: new FakeLockManager() }],
    });
    await firstValueFrom(session.setTokens(await app.emulator.signIn('bob')));
    await firstValueFrom(session.initialize());

    const next = await started(withIndexedDb(), withAmplifyMigration());

    expect(next.session.user()?.username).toBe('bob');
  });

  it('leaves a session alone that another tab has taken while this one was frozen, also if they share no record', async () => {
    await fillStorage(app.emulator, AMPLIFY);
    const storage = new HeldStorage();
    storage.hold();
    const config = configFor(app.emulator);
    const frozen = startTab({
      config,
      time: app.time,
      features: [withStorage(storage), withAmplifyMigration()],
    });
    await until(() => storage.waitingCalls > 0);
    const other = startTab({ config, time: app.time, features: [withAmplifyMigration()] });

    storage.release();
    await firstValueFrom(frozen.session.initialize());

    expect([frozen, other].map(({ session }) => session.isSignedIn())).toEqual([false, true]);
    frozen.destroy();
    other.destroy();
  });

  it('does not happen on a server', async () => {
    await fillStorage(app.emulator, AMPLIFY);
    const { session } = startApp({
      config: configFor(app.emulator),
      time: app.time,
      features: [withAmplifyMigration()],
      providers: [{ provide: PLATFORM_ID, useValue: 'server' }],
    });

    await firstValueFrom(session.signOut());

    expect(isOldSessionThere()).toBe(true);
    expect(app.emulator.log.count(REVOKE)).toBe(0);
  });

  it('keeps a session whose refresh token is used up, although the record cannot be written', async () => {
    const { RefreshToken: refreshToken } = await app.emulator.signIn('alice');
    localStorage.setItem('tokens', JSON.stringify({ refreshToken }));
    database.fail();

    const { session, events } = await started(withIndexedDb(), withSessionImport(read));

    expect(session.user()?.username).toBe('alice');
    expect(events).toContainEqual(expect.objectContaining({ type: 'error' }));
    expect(localStorage.getItem('tokens')).not.toBeNull();
  });

  it('reports an old session that could not be removed, and goes on with the new one', async () => {
    localStorage.setItem('tokens', JSON.stringify(await app.emulator.signIn('alice')));
    const remove = () => {
      throw new Error('No.');
    };

    const { session, events } = await started(withIndexedDb(), withSessionImport(read, { remove }));

    expect(session.user()?.username).toBe('alice');
    expect(events).toMatchObject([
      { type: 'error', error: { code: 'storageError' } },
      { type: 'sessionRestored' },
    ]);
  });

  describe('takes the next one', () => {
    it('if a newer one in another place is of another user pool', async () => {
      await fillStorage(app.emulator, AMPLIFY);
      putItem('cookies', `${prefix()}LastAuthUser`, 'mallory');
      putItem('cookies', `${prefix()}mallory.accessToken`, accessToken({ iat: 4_000_000_000 }));

      const { session, logged } = await started(withIndexedDb(), withAmplifyMigration());

      expect(session.user()?.username).toBe('alice');
      expect(logged.map(({ text }) => text)).toContainEqual(expect.stringContaining('invalidToken'));
    });

    it('if the one in localStorage cannot be used', async () => {
      localStorage.setItem('tokens', JSON.stringify({ accessToken: 'broken' }));
      sessionStorage.setItem('tokens', JSON.stringify(await app.emulator.signIn('alice')));

      const { session } = await started(withIndexedDb(), withSessionImport(read));

      expect(session.user()?.username).toBe('alice');
    });

    it('if one is forged, with verification', async () => {
      const { AccessToken, ...more } = await app.emulator.signIn('alice');
      localStorage.setItem('tokens', JSON.stringify({ ...more, AccessToken: forged(AccessToken) }));
      sessionStorage.setItem('tokens', JSON.stringify({ ...more, AccessToken }));

      const { session } = await started(
        withIndexedDb(),
        verificationFeature(() => new FakeVerifier()),
        withSessionImport(read),
      );

      expect((await firstValueFrom(session.getTokens()))?.accessToken).toBe(AccessToken);
    });
  });

  describe('with verification', () => {
    it('refuses a forged session, and leaves it where it is', async () => {
      const { AccessToken } = await fillStorage(app.emulator, AMPLIFY);
      localStorage.setItem(`${prefix()}alice.accessToken`, forged(AccessToken));
      const verifier = new FakeVerifier();

      const { session, logged } = await started(
        withIndexedDb(),
        verificationFeature(() => verifier),
        withAmplifyMigration(),
      );

      expect(session.state()).toEqual({ status: 'signedOut', reason: 'noSession' });
      expect(logged.map(({ text }) => text)).toContainEqual(expect.stringContaining('invalidToken'));
      expect(isOldSessionThere()).toBe(true);
    });

    it('drops the session of a sign-out that came early, although there are no keys', async () => {
      await fillStorage(app.emulator, AMPLIFY);
      const verifier = new FakeVerifier();
      verifier.mode = 'outage';
      const features = [withNoAutoRestore(), verificationFeature(() => verifier), withAmplifyMigration()];
      const { session } = open(withIndexedDb(), ...features);

      await firstValueFrom(session.signOut());

      expect(isOldSessionThere()).toBe(false);
    });

    it('leaves the old session where it is while there are no keys, and the next page imports it', async () => {
      await fillStorage(app.emulator, AMPLIFY);
      const verifier = new FakeVerifier();
      const features = [withIndexedDb(), verificationFeature(() => verifier), withAmplifyMigration()];
      verifier.mode = 'outage';
      const before = await started(...features);
      expect(before.logged.map(({ text }) => text)).toContainEqual(expect.stringContaining('networkError'));
      expect(isOldSessionThere()).toBe(true);
      verifier.mode = 'answers';

      const { session } = await started(...features);

      expect([before.session.isSignedIn(), session.isSignedIn()]).toEqual([false, true]);
      expect(isOldSessionThere()).toBe(false);
    });
  });
});
