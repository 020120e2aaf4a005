import { firstValueFrom, NEVER, of } from 'rxjs';
import { CountingStorage } from '../../../testing-support/counting-storage';
import { ManualTime } from '../../../testing-support/manual-time';
import { denyGlobal } from '../../../testing-support/replaced-global';
import { startApp, type SessionApp } from '../../../testing-support/session-app';
import { authTokens, CLIENT_ID } from '../../../testing-support/test-tokens';
import {
  CookieStorageAdapter,
  TOKEN_REFRESHER,
  withNoAutoRestore,
  withStorage,
  type SessionConfig,
  type SessionFeature,
  type SignOutOptions,
  type StorageAdapter,
} from '../../public-api';
import * as engine from '../engine/create-engine';
import { LOAD_ENGINE } from '../session-service/engine-loader';
import type { Engine } from '../session-service/session-engine';

const never = () => new Promise<Engine>(() => undefined);

/** Seen by every tab. */
class TabsStorage extends CountingStorage {
  override readonly shared = true;
  refusesRemovals = false;

  override removeItem(key: string): void {
    if (this.refusesRemovals) throw new Error('refused');
    super.removeItem(key);
  }
}

describe('a sign-out in a page that is left before its engine is there', () => {
  let time: ManualTime;
  let storage: TabsStorage;
  let revoked: string[];

  beforeEach(() => {
    time = new ManualTime();
    storage = new TabsStorage();
    revoked = [];
    localStorage.clear();
    sessionStorage.clear();
  });

  interface PageOptions {
    readonly config?: Partial<SessionConfig>;
    readonly adapter?: StorageAdapter;
    readonly features?: readonly SessionFeature[];
    /** Default: at hand. */
    readonly loadEngine?: () => Promise<Engine>;
  }

  /** Opens a page; the one before is gone. */
  function open({ config, adapter = storage, features = [], loadEngine }: PageOptions = {}): SessionApp {
    const refresher = {
      refresh: () => NEVER,
      revoke: (refreshToken: string) => {
        revoked.push(refreshToken);
        return of(undefined);
      },
    };
    return startApp({
      config: { region: 'eu-west-1', clientId: CLIENT_ID, enableTabSync: false, ...config },
      time,
      features: [withStorage(adapter), ...features],
      providers: [
        { provide: TOKEN_REFRESHER, useValue: refresher },
        ...(loadEngine === undefined ? [] : [{ provide: LOAD_ENGINE, useValue: loadEngine }]),
      ],
    });
  }

  function signIn(options?: PageOptions): void {
    open(options).session.setTokens(authTokens({ iat: time.now() / 1000 }));
  }

  function signOutAndLeave(options: PageOptions & SignOutOptions = {}): void {
    const { revoke, global } = options;
    open({ ...options, loadEngine: never }).session.signOut({
      ...(revoke !== undefined && { revoke }),
      ...(global !== undefined && { global }),
    });
  }

  it('is carried out by the next page', () => {
    signIn();

    signOutAndLeave();
    const { states } = open();

    expect(states).toEqual([{ status: 'signedOut', reason: 'signedOut' }]);
    expect(storage.content).toBe('');
    expect(revoked).toEqual(['refresh-1']);
  });

  it('is carried out once: whoever signs in afterwards stays signed in', () => {
    signIn();
    signOutAndLeave();
    open();

    signIn();
    const { states } = open();

    expect(states.map(({ status }) => status)).toEqual(['signedIn']);
  });

  it('is no concern of somebody who has signed in since', () => {
    signIn();
    signOutAndLeave();

    // Another tab was open all the time.
    const other = open({ features: [withNoAutoRestore()] });
    other.session.setTokens(authTokens({ iat: time.now() / 1000, sub: 'user-2' }));
    const { session } = open();

    expect(session.user()?.sub).toBe('user-2');
  });

  it('stays owed when a sign-in fails', () => {
    signIn();
    signOutAndLeave();

    const { session } = open({ features: [withNoAutoRestore()] });
    session.setTokens({ accessToken: 'broken', expiresAt: 0, clockDrift: 0 });
    const next = open();

    expect(next.session.isSignedIn()).toBe(false);
  });

  it('revokes nothing that it was not to revoke', () => {
    signIn();

    signOutAndLeave({ revoke: false });
    const { session } = open();

    expect(session.isSignedIn()).toBe(false);
    expect(revoked).toEqual([]);
  });

  it('does not concern the session of another app client', () => {
    signIn();

    signOutAndLeave({ config: { clientId: 'another' } });
    const { session } = open();

    expect(session.isSignedIn()).toBe(true);
  });

  it('concerns this tab alone where each tab has a session of its own', () => {
    const ownTab = new CountingStorage();
    signIn({ adapter: ownTab });

    signOutAndLeave({ adapter: ownTab });
    const left = [localStorage.length, sessionStorage.length];
    const { session } = open({ adapter: ownTab });

    expect(left).toEqual([0, 1]);
    expect(session.isSignedIn()).toBe(false);
    expect(sessionStorage).toHaveLength(0);
  });

  it('waits for the app that starts the restore itself', () => {
    signIn();
    signOutAndLeave();

    const { session, states } = open({ features: [withNoAutoRestore()] });
    session.initialize();

    expect(states.map(({ status }) => status)).toEqual(['restoring', 'signedOut']);
    expect(storage.content).toBe('');
  });

  it('is tried again by each page until the storage has given the session up', () => {
    signIn();
    signOutAndLeave();

    storage.refusesRemovals = true;
    const refused = open();
    storage.refusesRemovals = false;
    const { session } = open();

    expect(refused.session.isSignedIn()).toBe(false);
    expect(session.isSignedIn()).toBe(false);
    expect(storage.content).toBe('');
  });

  it.each([
    [{}, '{}'],
    [{ revoke: false }, '{"revoke":false}'],
    [{ global: true }, '{"global":true}'],
  ])('is noted as docs/storage-format.md says: %j', (options, word) => {
    signOutAndLeave(options);

    expect({ ...(localStorage as object) }).toEqual({
      [`cognito-session:signed-out:eu-west-1/${CLIENT_ID}`]: word,
    });
  });

  it('is not noted beside cookies, which other origins may share', () => {
    signOutAndLeave({ adapter: new CookieStorageAdapter() });

    expect([localStorage.length, sessionStorage.length]).toEqual([0, 0]);
  });

  it('needs no other page if this one stays', async () => {
    signIn();

    const signedOut = firstValueFrom(open({ loadEngine: () => Promise.resolve(engine) }).session.signOut());
    const owed = localStorage.length;
    await signedOut;

    expect([owed, localStorage.length]).toEqual([1, 0]);
    expect(storage.content).toBe('');
  });

  it('says that nobody is signed in where no word can be left', () => {
    signIn();
    const restore = denyGlobal('localStorage');

    const { session } = open({ loadEngine: never });
    session.signOut();
    const status = session.state().status;
    restore();

    expect(status).toBe('signedOut');
  });
});
