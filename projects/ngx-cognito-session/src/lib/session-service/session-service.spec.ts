import { PLATFORM_ID } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { startEmulator, type Emulator } from 'cognito-emulator';
import { firstValueFrom, forkJoin, toArray } from 'rxjs';
import { CountingStorage } from '../../../testing-support/counting-storage';
import { ManualTime } from '../../../testing-support/manual-time';
import {
  configFor,
  errorOf,
  nextEvent,
  startApp,
  type SessionApp,
} from '../../../testing-support/session-app';
import {
  SessionError,
  withNoAutoRestore,
  withStorage,
  type Session,
  type SessionState,
} from '../../public-api';
import { SessionStore } from '../state/session-store';

const REFRESH = 'GetTokensFromRefreshToken';
const SECOND = 1000;
const HOUR = 3600 * SECOND;

describe('SessionService', () => {
  let emulator: Emulator;
  let time: ManualTime;
  let storage: CountingStorage;

  beforeEach(async () => {
    time = new ManualTime();
    storage = new CountingStorage();
    emulator = await startEmulator({ clock: time });
    emulator.configure({ rotation: true, graceSeconds: 0 });
  });

  afterEach(() => emulator.close());

  function open(): SessionApp {
    return startApp({ config: configFor(emulator), time, features: [withStorage(storage)] });
  }

  async function signedIn(): Promise<SessionApp> {
    const app = open();
    await firstValueFrom(app.session.setTokens(await emulator.signIn('alice')));
    return app;
  }

  it('hands out no token that died while its answer was on the way to a sleeping device', async () => {
    const { session } = await signedIn();
    time.sleep(2 * HOUR);
    const barrier = emulator.hold(REFRESH, 'afterCommit');
    const outcome = errorOf(session.getAccessToken());
    await barrier.arrived();

    time.sleep(2 * HOUR);
    await barrier.open();
    expect(await outcome).toMatchObject({ code: 'invalidResponse', retryable: true });
    time.advance(5 * SECOND);

    const token = await firstValueFrom(session.getAccessToken());
    expect(emulator.accessTokenStatus(token).isValid).toBe(true);
    expect(emulator.log.count(REFRESH)).toBe(2);
  });

  it('asks the record first when the page was hidden during the brief wait for a renewal', async () => {
    const { session, sleep } = await signedIn();
    const barrier = emulator.hold(REFRESH);
    time.advance(HOUR - 60 * SECOND);
    const token = firstValueFrom(session.getAccessToken());
    await barrier.arrived();
    const reads: string[] = [];
    const read = storage.getItem.bind(storage);
    storage.getItem = (key) => {
      reads.push(key);
      return read(key);
    };

    sleep.next('hidden');
    time.advance(3 * SECOND);
    await token;

    expect(reads).not.toEqual([]);
    await barrier.open();
  });

  describe('streams and signals', () => {
    it('say the same at every moment, and nothing before the restore is over', async () => {
      const { session } = startApp({
        config: configFor(emulator),
        time,
        features: [withStorage(storage), withNoAutoRestore()],
      });
      const seen: { session: Session | null; signal: Session | null | undefined }[] = [];
      const signedInSeen: boolean[] = [];
      session.session$.subscribe((value) => seen.push({ session: value, signal: session.session() }));
      session.isSignedIn$.subscribe((value) => signedInSeen.push(value));
      expect(session.session()).toBeUndefined();
      expect(session.isSignedIn()).toBe(false);
      expect(seen).toEqual([]);

      await firstValueFrom(session.initialize());
      await firstValueFrom(session.setTokens(await emulator.signIn('alice')));
      await firstValueFrom(session.forceRefresh());
      await firstValueFrom(session.signOut());

      expect(seen.map((entry) => entry.session?.user.username)).toEqual([
        undefined,
        'alice',
        'alice',
        undefined,
      ]);
      for (const entry of seen) expect(entry.signal).toBe(entry.session);
      expect(signedInSeen).toEqual([false, true, false]);
    });

    it('replay to those who come late; events do not', async () => {
      const { session } = await signedIn();

      const [state, current, isSignedIn] = await firstValueFrom(
        forkJoin([
          firstValueFrom(session.state$),
          firstValueFrom(session.session$),
          firstValueFrom(session.isSignedIn$),
        ]),
      );
      const late: unknown[] = [];
      session.events$.subscribe((event) => late.push(event));

      expect(state.status).toBe('signedIn');
      expect(current?.user.username).toBe('alice');
      expect(isSignedIn).toBe(true);
      expect(late).toEqual([]);
    });

    it('share one state, and one subscription of the store, between all subscribers', async () => {
      const { session } = await signedIn();
      const subscribed = jest.spyOn(TestBed.inject(SessionStore).state$, 'subscribe');
      const states: SessionState[] = [];
      const sessions: (Session | null)[] = [];

      for (let count = 0; count < 10; count++) {
        session.state$.subscribe((state) => states.push(state));
        session.session$.subscribe((held) => sessions.push(held));
      }
      await firstValueFrom(session.forceRefresh());

      expect([states.length, new Set(states).size]).toEqual([30, 3]);
      expect([sessions.length, new Set(sessions).size]).toEqual([20, 2]);
      expect(subscribed).not.toHaveBeenCalled();
    });

    it('complete when the app is destroyed', async () => {
      const { session } = await signedIn();
      const all = Promise.all([
        firstValueFrom(session.state$.pipe(toArray())),
        firstValueFrom(session.events$.pipe(toArray())),
      ]);

      TestBed.resetTestingModule();

      const [states, events] = await all;
      expect(states).toHaveLength(1);
      expect(events).toEqual([]);
    });

    it('show the user as the tokens name them', async () => {
      const { session } = await signedIn();

      expect(session.user()).toEqual({
        sub: '0a1b2c3d-0000-4000-8000-00000000a11c',
        username: 'alice',
        email: 'alice@example.com',
        emailVerified: true,
        givenName: 'Alice',
        customAttributes: {},
      });
      expect(session.session()?.groups).toEqual(['editors']);
      expect(session.session()?.scopes).toEqual(['aws.cognito.signin.user.admin']);
    });
  });

  describe('getAccessToken', () => {
    it('is cold and gives the held token while it is fresh, without a call', async () => {
      const { session } = await signedIn();
      const query = session.getAccessToken();
      const held = await firstValueFrom(session.getTokens());

      expect(await firstValueFrom(query.pipe(toArray()))).toEqual([held?.accessToken]);
      expect(emulator.log.count(REFRESH)).toBe(0);
    });

    it('errors with noSession when no user is signed in', async () => {
      expect(await errorOf(open().session.getAccessToken())).toMatchObject({
        code: 'noSession',
        retryable: false,
      });
    });

    it.each([
      ['just before the expiry', HOUR - SECOND - 1],
      ['at the expiry', HOUR],
      ['after the expiry', HOUR + SECOND],
    ])('hands out a token that is valid by Cognito’s clock %s', async (_, ageMs) => {
      const { session } = await signedIn();
      time.sleep(ageMs);

      const token = await firstValueFrom(session.getAccessToken());

      expect(emulator.accessTokenStatus(token).isValid).toBe(true);
    });

    it('waits inside the buffer for a renewal that is quick', async () => {
      const { session } = await signedIn();
      const old = await firstValueFrom(session.getTokens());
      time.sleep(HOUR - 30 * SECOND);

      expect(await firstValueFrom(session.getAccessToken())).not.toBe(old?.accessToken);
    });

    it('waits inside the buffer for 3 s at most, then gives the token that is still valid', async () => {
      const { session } = await signedIn();
      const old = await firstValueFrom(session.getTokens());
      time.sleep(HOUR - 30 * SECOND);
      const barrier = emulator.hold(REFRESH);
      const given: string[] = [];
      session.getAccessToken().subscribe((token) => given.push(token));
      await barrier.arrived(1);

      time.advance(2999);
      expect(given).toEqual([]);
      time.advance(1);

      expect(given).toEqual([old?.accessToken]);
      const renewed = nextEvent(session, 'tokenRefreshed');
      await barrier.open();
      await renewed;
    });

    it('gives the token that is still valid when the renewal inside the buffer fails', async () => {
      const { session } = await signedIn();
      const old = await firstValueFrom(session.getTokens());
      time.sleep(HOUR - 30 * SECOND);
      emulator.faults.add(REFRESH, { kind: 'resetBeforeProcessing' });

      expect(await firstValueFrom(session.getAccessToken())).toBe(old?.accessToken);
    });

    it('never gives the old token once it is dead, however long the renewal takes', async () => {
      const { session } = await signedIn();
      time.sleep(HOUR - 2 * SECOND);
      const barrier = emulator.hold(REFRESH);
      const token = firstValueFrom(session.getAccessToken());
      await barrier.arrived(1);

      time.advance(3 * SECOND);
      await barrier.open();

      expect(emulator.accessTokenStatus(await token).isValid).toBe(true);
    });

    it('never gives one user the token of another who signed in meanwhile', async () => {
      const { session } = await signedIn();
      time.sleep(2 * HOUR);
      const barrier = emulator.hold(REFRESH);
      const waiting = errorOf(session.getAccessToken());
      await barrier.arrived(1);
      await firstValueFrom(session.signOut());
      await firstValueFrom(session.setTokens(await emulator.signIn('alice')));

      await barrier.open();

      expect(await waiting).toMatchObject({ code: 'superseded' });
    });
  });

  it('never gives the next user’s token to a caller that waited behind a renewal with other metadata', async () => {
    const { session } = await signedIn();
    time.sleep(HOUR - 30 * SECOND);
    const barrier = emulator.hold(REFRESH);
    const forced = errorOf(session.forceRefresh({ clientMetadata: { tenant: 'a' } }));
    await barrier.arrived(1);
    const asked = errorOf(session.getAccessToken());
    const other = errorOf(session.forceRefresh({ clientMetadata: { tenant: 'b' } }));
    await firstValueFrom(session.signOut({ revoke: false }));
    await firstValueFrom(session.setTokens(await emulator.signIn('alice')));

    await barrier.open();

    expect(await forced).toMatchObject({ code: 'superseded' });
    expect(await asked).toBeInstanceOf(SessionError);
    expect(await other).toMatchObject({ code: 'superseded' });
    expect(emulator.log.count(REFRESH)).toBe(1);
  });

  it('does not call Cognito twice for a caller that takes any metadata while a renewal is on its way', async () => {
    const { session } = await signedIn();
    time.sleep(2 * HOUR);
    const barrier = emulator.hold(REFRESH);
    const forced = firstValueFrom(session.forceRefresh({ clientMetadata: { tenant: 'a' } }));
    await barrier.arrived(1);
    const asked = firstValueFrom(session.getAccessToken());

    await barrier.open();
    await Promise.all([forced, asked]);

    expect(emulator.log.count(REFRESH)).toBe(1);
  });

  describe('getIdToken', () => {
    it('gives the ID token', async () => {
      const { session } = await signedIn();
      const held = await firstValueFrom(session.getTokens());

      expect(await firstValueFrom(session.getIdToken())).toBe(held?.idToken);
    });

    it('errors with noIdToken if the session has none', async () => {
      const { session } = open();
      const { AccessToken, RefreshToken } = await emulator.signIn('alice');
      await firstValueFrom(session.setTokens({ AccessToken, RefreshToken }));

      expect(await errorOf(session.getIdToken())).toMatchObject({ code: 'noIdToken' });
    });
  });

  describe('getTokens', () => {
    it('gives what is held, expired or not, without a call', async () => {
      const { session } = await signedIn();
      const issuedAt = Math.floor(time.now() / 1000);
      time.sleep(2 * HOUR);

      expect(await firstValueFrom(session.getTokens())).toMatchObject({
        expiresAt: issuedAt + 3600,
        clockDrift: 0,
      });
      expect(emulator.log.count(REFRESH)).toBe(0);
    });

    it('gives null when no user is signed in', async () => {
      expect(await firstValueFrom(open().session.getTokens())).toBeNull();
    });

    it('can be handed back to setTokens in another app', async () => {
      const first = await signedIn();
      const carried = await firstValueFrom(first.session.getTokens());
      storage = new CountingStorage();

      const { session } = open();
      await firstValueFrom(session.setTokens(carried ?? {}));

      expect(await firstValueFrom(session.getTokens())).toEqual(carried);
    });
  });

  it('waits for nothing on a server, and leaves no timer there', async () => {
    const { session } = startApp({
      config: configFor(emulator),
      time,
      features: [withStorage(storage)],
      providers: [{ provide: PLATFORM_ID, useValue: 'server' }],
    });

    expect(await errorOf(session.getAccessToken())).toMatchObject({ code: 'restoreTimeout' });
    expect(await firstValueFrom(session.initialize())).toBeNull();
    expect(session.state().status).toBe('restoring');
    expect(time.armedTimers).toBe(0);
  });

  describe('forceRefresh', () => {
    it('renews though the tokens are fresh, and gives the new session', async () => {
      const { session } = await signedIn();
      const before = session.session();
      time.advance(SECOND);

      const renewed = await firstValueFrom(session.forceRefresh());

      expect(renewed.issuedAt.getTime()).toBe((before?.issuedAt.getTime() ?? 0) + SECOND);
      expect(session.session()).toBe(renewed);
    });

    it('starts at once without a subscriber', async () => {
      const { session } = await signedIn();
      const renewed = nextEvent(session, 'tokenRefreshed');

      session.forceRefresh();

      await expect(renewed).resolves.toBeDefined();
    });

    it('reaches the pre-token trigger with the metadata of the call, else with the configured ones', async () => {
      const seen: (Readonly<Record<string, string>> | undefined)[] = [];
      await emulator.close();
      emulator = await startEmulator({
        clock: time,
        pools: [
          {
            users: [{ username: 'alice', password: 'Correct-horse-1' }],
            clients: [{ clientId: 'client1' }],
            preTokenGeneration: (event) => {
              seen.push(event.clientMetadata);
              return {};
            },
          },
        ],
      });
      const { session } = startApp({
        config: configFor(emulator, { clientMetadata: () => ({ app: 'demo' }) }),
        time,
      });
      await firstValueFrom(session.setTokens(await emulator.signIn('alice')));
      seen.length = 0;

      await firstValueFrom(session.forceRefresh());
      await firstValueFrom(session.forceRefresh({ clientMetadata: { app: 'other' } }));

      expect(seen).toEqual([{ app: 'demo' }, { app: 'other' }]);
    });

    it('errors with noSession or noRefreshToken when there is nothing to renew', async () => {
      const { session } = open();
      expect(await errorOf(session.forceRefresh())).toMatchObject({ code: 'noSession' });
      const { AccessToken } = await emulator.signIn('alice');
      await firstValueFrom(session.setTokens({ AccessToken }));

      expect(await errorOf(session.forceRefresh())).toMatchObject({ code: 'noRefreshToken' });
      expect(session.isSignedIn()).toBe(true);
    });
  });

  it('race 49: delivers a change once even if a subscriber calls a command in between', async () => {
    const { session, states } = open();
    const late: string[] = [];
    session.state$.subscribe((state) => {
      if (state.status === 'signedIn') session.signOut();
    });
    session.state$.subscribe((state) => late.push(state.status));

    await firstValueFrom(session.setTokens(await emulator.signIn('alice')));

    expect(states.map(({ status }) => status)).toEqual(['signedOut', 'signedIn', 'signedOut']);
    expect(late).toEqual(['signedOut', 'signedIn', 'signedOut']);
  });

  it('renews with InitiateAuth if configured', async () => {
    emulator.configure({ rotation: false });
    const app = startApp({
      config: configFor(emulator, { refreshOperation: 'InitiateAuth' }),
      time,
    });
    await firstValueFrom(app.session.setTokens(await emulator.signIn('alice')));

    await firstValueFrom(app.session.forceRefresh());

    expect(emulator.log.count('InitiateAuth')).toBe(1);
    expect(emulator.log.count(REFRESH)).toBe(0);
  });
});
