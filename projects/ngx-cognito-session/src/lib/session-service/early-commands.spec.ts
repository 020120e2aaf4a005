import { firstValueFrom, NEVER, of, Subject, take } from 'rxjs';
import { CountingStorage, HeldStorage } from '../../../testing-support/counting-storage';
import { EngineChunk } from '../../../testing-support/engine-chunk';
import { ManualTime } from '../../../testing-support/manual-time';
import { errorOf, startApp, startTab, type SessionApp } from '../../../testing-support/session-app';
import { authTokens, CLIENT_ID } from '../../../testing-support/test-tokens';
import { turns } from '../../../testing-support/turns';
import { TOKEN_REFRESHER, withNoAutoRestore, withStorage, type SessionFeature } from '../../public-api';
import { LOAD_ENGINE } from './engine-loader';

class TabsStorage extends CountingStorage {
  override readonly shared = true;
}

const CONFIG = { region: 'eu-west-1', clientId: CLIENT_ID, enableTabSync: false };

describe('commands of a page whose engine is still to be loaded', () => {
  let time: ManualTime;
  let chunk: EngineChunk;
  let storage: TabsStorage;
  let asked: string[];
  const tokens = (sub = 'alice') => authTokens({ iat: Math.floor(time.now() / 1000), sub });
  const refresher = {
    refresh: () => NEVER,
    revoke: (token: string) => {
      asked.push(`revoke ${token}`);
      return of(undefined);
    },
    globalSignOut: () => {
      asked.push('global');
      return of(undefined);
    },
  };

  beforeEach(() => {
    time = new ManualTime();
    chunk = new EngineChunk();
    storage = new TabsStorage();
    asked = [];
    localStorage.clear();
    sessionStorage.clear();
  });

  function options(late: boolean, features: readonly SessionFeature[]) {
    return {
      config: CONFIG,
      time,
      features: [withStorage(storage), ...features],
      providers: [
        { provide: TOKEN_REFRESHER, useValue: refresher },
        ...(late ? [{ provide: LOAD_ENGINE, useValue: chunk.load }] : []),
      ],
    };
  }
  const open = (...features: SessionFeature[]): SessionApp => startApp(options(true, features));
  const openAtHand = (...features: SessionFeature[]): SessionApp => startApp(options(false, features));

  it('a sign-out that tries again to load it does not strike the sign-in that came after it', async () => {
    const { session, states } = open(withNoAutoRestore());
    session.signOut();
    await chunk.getLost();
    // Before the sign-out tries again after 1 s.
    const signedIn = firstValueFrom(session.setTokens(tokens('bob')));
    await chunk.arrive();
    expect((await signedIn).user.sub).toBe('bob');

    time.advance(1_000);
    await turns();

    expect(states.map(({ status }) => status)).toEqual(['restoring', 'signedOut', 'signedIn']);
    expect(session.user()?.sub).toBe('bob');
  });

  it('nor where the session is restored by itself', async () => {
    const { session } = open();
    session.signOut();
    await chunk.getLost();
    session.setTokens(tokens('bob'));
    await chunk.arrive();
    time.advance(60_000);
    await turns();

    expect(session.user()?.sub).toBe('bob');
  });

  it('a sign-out does not end the session that another tab has begun since', async () => {
    openAtHand().session.setTokens(tokens('alice'));
    const slow = open();
    slow.session.signOut();

    // Another tab: heeds the note, and somebody signs in there.
    const other = startTab(options(false, []));
    expect(other.session.isSignedIn()).toBe(false);
    other.session.setTokens(tokens('bob'));
    expect(storage.content).toContain('eyJ');
    expect(localStorage.length).toBe(0);

    await chunk.arrive();
    await turns();

    expect(storage.content).toContain('eyJ');
    other.destroy();
    expect(openAtHand().session.user()?.sub).toBe('bob');
  });

  it('whoever signs in when it is told of a sign-out stays signed in', async () => {
    const { session } = open();
    session.events$.pipe(take(1)).subscribe(() => session.setTokens(tokens('guest')));
    session.signOut();
    await chunk.arrive();

    expect(session.user()?.sub).toBe('guest');
  });

  it('as with the engine at hand', () => {
    const { session } = openAtHand();
    session.setTokens(tokens('alice'));
    session.events$.pipe(take(1)).subscribe(() => session.setTokens(tokens('guest')));
    session.signOut();

    expect(session.user()?.sub).toBe('guest');
  });

  it('nobody is shown signed in after a sign-out', async () => {
    const { session, states, events } = open();
    session.setTokens(tokens('alice'));
    session.signOut();
    await chunk.arrive();

    expect(states.map(({ status }) => status)).toEqual(['restoring', 'signedOut']);
    // The sign-in fails, which nobody has subscribed to.
    expect(events.map(({ type }) => type)).toEqual(['signedOut', 'error']);
  });

  it('no token is handed out after a sign-out', async () => {
    const { session } = open();
    session.setTokens(tokens('alice'));
    const got: unknown[] = [];
    session.getAccessToken().subscribe({ next: (t) => got.push(t), error: (e: unknown) => got.push(e) });
    session.signOut();
    await chunk.arrive();

    expect(got).toEqual([expect.objectContaining({ code: 'noSession' })]);
  });

  it('a global sign-out is a global one', async () => {
    openAtHand().session.setTokens(tokens('alice'));
    const { session } = open();
    const done = firstValueFrom(session.signOut({ global: true }));
    await chunk.arrive();
    await done;

    expect(asked).toEqual(['global']);
  });

  it('a sign-in counts that comes after a sign-out, with a slow storage as well', async () => {
    const inner = new CountingStorage();
    const storage = new HeldStorage(inner);
    const { session } = startApp({
      config: CONFIG,
      time,
      features: [withStorage(storage)],
      providers: [
        { provide: LOAD_ENGINE, useValue: chunk.load },
        { provide: TOKEN_REFRESHER, useValue: { refresh: () => NEVER, revoke: () => of(undefined) } },
      ],
    });
    const first = errorOf(session.setTokens(tokens('alice')));
    session.signOut();
    const second = firstValueFrom(session.setTokens(tokens('bob')));
    await chunk.arrive();
    await turns(10);

    expect(await first).toMatchObject({ code: 'superseded' });
    expect((await second).user.sub).toBe('bob');
    await turns(10);
    expect(inner.keys().filter((key) => !key.endsWith(CLIENT_ID))).toHaveLength(1);
    const next = startApp({ config: CONFIG, time, features: [withStorage(inner)] });
    expect(next.session.user()?.sub).toBe('bob');
  });

  it('a renewal that was asked for before a sign-out is none', async () => {
    const inner = new CountingStorage();
    startApp({ config: CONFIG, time, features: [withStorage(inner)] }).session.setTokens(tokens());
    let refreshes = 0;
    const { session, states } = startApp({
      config: CONFIG,
      time,
      features: [withStorage(inner)],
      providers: [
        { provide: LOAD_ENGINE, useValue: chunk.load },
        {
          provide: TOKEN_REFRESHER,
          useValue: {
            refresh: () => {
              refreshes++;
              return NEVER;
            },
            revoke: () => of(undefined),
          },
        },
      ],
    });
    const error = errorOf(session.forceRefresh());
    session.signOut();
    await chunk.arrive();

    expect(await error).toMatchObject({ code: 'noSession' });
    expect([refreshes, states.map(({ status }) => status)]).toEqual([0, ['restoring', 'signedOut']]);
  });

  it('a sign-out is carried out though the configuration is refused later', async () => {
    const config = new Subject<never>();
    const { session, states } = startApp({
      config: () => firstValueFrom(config),
      time,
      providers: [{ provide: LOAD_ENGINE, useValue: chunk.load }],
    });
    const outcome: unknown[] = [];
    session.signOut().subscribe({ next: () => outcome.push('done'), error: (e: unknown) => outcome.push(e) });
    await chunk.arrive();
    config.error(new Error('none'));
    await turns();

    expect(states.map(({ status }) => status)).toEqual(['restoring', 'signedOut']);
    expect(outcome).toEqual(['done']);
  });

  it('a sign-out waits for a late configuration', async () => {
    const storage = new CountingStorage();
    startApp({ config: CONFIG, time, features: [withStorage(storage)] }).session.setTokens(tokens());
    const config = new Subject<typeof CONFIG>();
    const { session, states } = startApp({
      config: () => firstValueFrom(config),
      time,
      features: [withStorage(storage)],
      providers: [{ provide: LOAD_ENGINE, useValue: chunk.load }],
    });
    session.signOut();
    await chunk.arrive();
    config.next(CONFIG);
    await turns();

    expect(states.map(({ status }) => status)).toEqual(['restoring', 'signedOut']);
    expect(storage.content).toBe('');
    expect(session.isSignedIn()).toBe(false);
  });
});
