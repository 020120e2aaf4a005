import { EMPTY, firstValueFrom, Subject } from 'rxjs';
import { emulatedApp, SECOND } from '../../../testing-support/emulated-app';
import { ManualTime } from '../../../testing-support/manual-time';
import { liveTokensOf, statusOf } from '../../../testing-support/race-tabs';
import { errorOf, startApp } from '../../../testing-support/session-app';
import { SharedStorage } from '../../../testing-support/shared-storage';
import { emulatedBrowser } from '../../../testing-support/tabs';
import { CLIENT_ID } from '../../../testing-support/test-tokens';
import { turns, until } from '../../../testing-support/turns';
import { SessionError, TOKEN_REFRESHER, type TokenRefresher } from '../../public-api';

const app = emulatedApp();
const browser = emulatedBrowser(app);

const fail = () => Promise.reject(new Error('The storage refuses it.'));

describe('a sign-out while a sign-in is stored', () => {
  it('ends what the sign-in has stored, also if the end cannot be stored at first', async () => {
    const storage = new SharedStorage();
    const page = await browser.restore({ storage });
    const open = storage.holdNextWrite();
    const overtaken = errorOf(page.session.setTokens(await app.emulator.signIn('alice')));
    await turns(20);

    const signedOut = firstValueFrom(page.session.signOut());
    let failures = 2;
    storage.afterWrite = () => {
      storage.beforeWrite = () => (failures-- > 0 ? fail() : Promise.resolve());
      return Promise.resolve();
    };
    open();
    await turns(50);
    await browser.pass(30 * SECOND);

    await signedOut;
    expect(await overtaken).toMatchObject({ code: 'superseded' });
    expect(liveTokensOf(app)).toEqual([]);
    const next = await browser.restore({ storage: storage.ofAnotherTab() });
    expect(statusOf(next)).toBe('signedOut: noSession');
  });

  it('is finished by the next page if this one dies', async () => {
    const storage = new SharedStorage();
    const page = await browser.restore({ storage });
    const open = storage.holdNextWrite();
    page.session.setTokens(await app.emulator.signIn('bob')).subscribe({ error: () => {} });
    await turns(20);

    page.session.signOut();
    storage.afterWrite = () => new Promise(() => {});
    open();
    await turns(10);
    page.crash();
    const next = await browser.restore({ storage: storage.ofAnotherTab() });
    await turns(20);

    expect(next.session.isSignedIn()).toBe(false);
    await until(() => liveTokensOf(app, 'bob').length === 0);
  });

  it('leaves the session of another tab alone', async () => {
    const storage = new SharedStorage();
    const page = await browser.restore({ storage });
    const other = await browser.restore({ storage: storage.ofAnotherTab() });
    await firstValueFrom(other.session.setTokens(await app.emulator.signIn('bob')));
    const open = storage.holdNextWrite();
    page.session.setTokens(await app.emulator.signIn('alice')).subscribe({ error: () => {} });
    page.session.signOut();
    open();
    await browser.pass(5 * SECOND);

    const next = await browser.restore({ storage: storage.ofAnotherTab() });
    expect(next.session.user()?.username).toBe('bob');
    await until(() => liveTokensOf(app, 'alice').length === 0);
  });
});

describe('a sign-in whose write has landed although it was reported as failed', () => {
  it.each([
    ['', () => {}],
    [', also if the storage is cleared before the next try', (storage: SharedStorage) => storage.clear()],
  ])('revokes the session that it has replaced%s', async (_, meanwhile) => {
    const storage = new SharedStorage();
    const page = await browser.signIn({ storage });
    storage.afterWrite = () => {
      storage.afterWrite = () => Promise.resolve();
      return fail();
    };

    await firstValueFrom(page.session.setTokens(await app.emulator.signIn('bob')));
    meanwhile(storage);
    await browser.pass(5 * SECOND);

    await until(() => liveTokensOf(app, 'alice').length === 0);
    expect([page.session.user()?.username, liveTokensOf(app, 'bob').length]).toEqual(['bob', 1]);
  });
});

describe('a bare refresh token whose sign-in fails', () => {
  async function signInWithToken() {
    const revoked: string[] = [];
    const answer = new Subject<never>();
    const transport: TokenRefresher = {
      refresh: () => answer,
      revoke: (refreshToken) => {
        revoked.push(refreshToken);
        return EMPTY;
      },
    };
    const { session } = startApp({
      config: { region: 'eu-west-1', clientId: CLIENT_ID },
      time: new ManualTime(),
      providers: [{ provide: TOKEN_REFRESHER, useValue: transport }],
    });
    await firstValueFrom(session.initialize());
    const failed = errorOf(session.setTokens({ refreshToken: 'alices' }));
    return { session, answer, failed, revoked };
  }

  it('is revoked if the user has signed out meanwhile', async () => {
    const { session, answer, failed, revoked } = await signInWithToken();

    await firstValueFrom(session.signOut());
    answer.error(new SessionError('networkError', 'No answer.'));

    await failed;
    await turns();
    expect(revoked).toEqual(['alices']);
  });

  it("otherwise stays the app's, which may hand it over again", async () => {
    const { answer, failed, revoked } = await signInWithToken();

    answer.error(new SessionError('networkError', 'No answer.'));

    expect(await failed).toMatchObject({ code: 'networkError' });
    await turns();
    expect(revoked).toEqual([]);
  });

  it("stays the app's as well if it was handed over twice", async () => {
    const { session, answer, failed, revoked } = await signInWithToken();
    const again = errorOf(session.setTokens({ refreshToken: 'alices' }));

    answer.error(new SessionError('networkError', 'No answer.'));

    await Promise.all([failed, again]);
    await turns();
    expect(revoked).toEqual([]);
  });
});
