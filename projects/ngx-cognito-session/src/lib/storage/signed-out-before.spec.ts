import { NEVER, of, Subject } from 'rxjs';
import { CountingStorage, HeldStorage } from '../../../testing-support/counting-storage';
import { ManualTime } from '../../../testing-support/manual-time';
import { startApp, startTab, type AppOptions } from '../../../testing-support/session-app';
import { authTokens, CLIENT_ID } from '../../../testing-support/test-tokens';
import { turns } from '../../../testing-support/turns';
import {
  SessionError,
  TOKEN_REFRESHER,
  withIndexedDb,
  withLocalStorage,
  withNoAutoRestore,
  withStorage,
  type SessionConfigSource,
  type SessionFeature,
} from '../../public-api';
import { LOAD_ENGINE } from '../session-service/engine-loader';
import { IDBFactory } from 'fake-indexeddb';

class TabsStorage extends CountingStorage {
  override readonly shared = true;
}
class HeldTabs extends HeldStorage {
  override readonly shared = true;
}

const CONFIG = { region: 'eu-west-1', clientId: CLIENT_ID, enableTabSync: false };
const NOTE = `cognito-session:signed-out:eu-west-1/${CLIENT_ID}`;
const NEVER_LOADED = { provide: LOAD_ENGINE, useValue: () => new Promise(() => undefined) };

describe('whoever has signed out in a page that was left', () => {
  let time: ManualTime;
  const tokens = (sub = 'alice') => authTokens({ iat: Math.floor(time.now() / 1000), sub });

  beforeEach(() => {
    time = new ManualTime();
    localStorage.clear();
    sessionStorage.clear();
    globalThis.indexedDB = new IDBFactory();
  });

  function page(
    features: readonly SessionFeature[],
    more: { config?: SessionConfigSource; refresh?: () => unknown; late?: boolean } = {},
  ): AppOptions {
    return {
      config: more.config ?? CONFIG,
      time,
      features,
      providers: [
        {
          provide: TOKEN_REFRESHER,
          useValue: { refresh: more.refresh ?? (() => NEVER), revoke: () => of(undefined) },
        },
        ...(more.late === true ? [NEVER_LOADED] : []),
      ],
    };
  }

  it('does not come back when the sign-in of the next page fails', () => {
    const storage = new TabsStorage();
    startApp(page([withStorage(storage)])).session.setTokens(tokens());
    startApp(page([withStorage(storage)], { late: true })).session.signOut();
    expect(localStorage.getItem(NOTE)).not.toBeNull();

    const answer = new Subject<never>();
    const { session } = startApp(
      page([withStorage(storage), withNoAutoRestore()], { refresh: () => answer }),
    );
    session.setTokens({ refreshToken: 'mine' });
    session.initialize();
    answer.error(new SessionError('refreshTokenExpired', 'no'));

    expect(session.isSignedIn()).toBe(false);
  });

  it('does not with a configuration that is a promise', async () => {
    const storage = new TabsStorage();
    startApp(page([withStorage(storage)])).session.setTokens(tokens());
    startApp(page([withStorage(storage)], { late: true })).session.signOut();

    const answer = new Subject<never>();
    const { session } = startApp(
      page([withStorage(storage)], { refresh: () => answer, config: () => Promise.resolve(CONFIG) }),
    );
    session.setTokens({ refreshToken: 'mine' });
    await turns();
    answer.error(new SessionError('networkError', 'no'));
    await turns();

    expect(session.user()?.sub).toBeUndefined();
  });

  it('is not shown while that sign-in is on its way', async () => {
    const config = { ...CONFIG, enableTabSync: true };
    const first = startApp(page([withLocalStorage()], { config }));
    first.session.setTokens(tokens());
    await turns(20);
    startApp(page([withLocalStorage()], { late: true, config })).session.signOut();

    const { session, states } = startApp(
      page([withLocalStorage()], { refresh: () => NEVER, config: () => Promise.resolve(config) }),
    );
    session.setTokens({ refreshToken: 'mine' });
    await turns(20);

    expect(states.map(({ status }) => status)).not.toContain('signedIn');
  });

  it('does not come back when that sign-in is never stored', async () => {
    const inner = new TabsStorage();
    startApp(page([withStorage(inner)])).session.setTokens(tokens());
    startApp(page([withStorage(inner)], { late: true })).session.signOut();

    class SlowWrites extends TabsStorage {
      override getItem(key: string) {
        return inner.getItem(key);
      }
      override keys() {
        return inner.keys();
      }
      override setItem(): never {
        return new Promise(() => undefined) as never;
      }
    }
    const { session } = startApp(page([withStorage(new SlowWrites()), withNoAutoRestore()]));
    session.setTokens(tokens('bob'));
    await turns();
    const next = startApp(page([withStorage(inner)]));

    expect(next.session.user()?.sub).not.toBe('alice');
  });

  it('does not when a page hands over tokens of the same session', () => {
    const storage = new TabsStorage();
    const stays = startTab(page([withStorage(storage)]));
    stays.session.setTokens(tokens());
    const leaves = startTab(page([withStorage(storage)], { late: true }));
    leaves.session.signOut();
    leaves.destroy();

    // The same tokens once more, as an app does that hands over what its own SDK tells it.
    stays.session.setTokens(tokens());
    stays.destroy();
    const next = startTab(page([withStorage(storage)]));

    expect(next.session.isSignedIn()).toBe(false);
    next.destroy();
  });

  it('does not where the storage was slow to be read', async () => {
    const inner = new TabsStorage();
    startApp(page([withStorage(inner)])).session.setTokens(tokens());

    const held = new HeldTabs(inner);
    held.hold();
    const { session } = startApp(page([withStorage(held)]));
    session.signOut();
    expect(session.state().status).toBe('signedOut');

    const next = startApp(page([withStorage(inner)]));
    await turns();
    expect(next.session.isSignedIn()).toBe(false);
  });

  it('is nobody in another database', async () => {
    startApp(page([withIndexedDb({ name: 'b' })])).session.setTokens(tokens());
    await turns(20);
    const control = startApp(page([withIndexedDb({ name: 'b' })]));
    await turns(20);
    expect(control.session.isSignedIn()).toBe(true);

    startApp(page([withIndexedDb({ name: 'a' })], { late: true })).session.signOut();
    const { session } = startApp(page([withIndexedDb({ name: 'b' })]));
    await turns(20);

    expect(session.isSignedIn()).toBe(true);
  });
});
