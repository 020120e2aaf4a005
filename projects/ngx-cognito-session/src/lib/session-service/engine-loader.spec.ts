import { TestBed } from '@angular/core/testing';
import { firstValueFrom } from 'rxjs';
import { CountingStorage } from '../../../testing-support/counting-storage';
import { EngineChunk } from '../../../testing-support/engine-chunk';
import { ManualTime } from '../../../testing-support/manual-time';
import { errorOf, startApp, type SessionApp } from '../../../testing-support/session-app';
import { authTokens, CLIENT_ID } from '../../../testing-support/test-tokens';
import {
  signedInGuard,
  TOKEN_REFRESHER,
  withNoAutoRestore,
  withStorage,
  type SessionFeature,
} from '../../public-api';
import { LOAD_ENGINE } from './engine-loader';

const USER_POOL_ID = 'eu-west-1_TestPool1';

describe('a page whose engine is still to be loaded', () => {
  let time: ManualTime;
  let chunk: EngineChunk;
  let storage: CountingStorage;

  beforeEach(() => {
    time = new ManualTime();
    chunk = new EngineChunk();
    storage = new CountingStorage();
  });

  function open(...features: SessionFeature[]): SessionApp {
    return startApp({
      config: { region: 'eu-west-1', userPoolId: USER_POOL_ID, clientId: CLIENT_ID, enableTabSync: false },
      time,
      features: [withStorage(storage), ...features],
      providers: [{ provide: LOAD_ENGINE, useValue: chunk.load }],
    });
  }

  const tokens = (user = 'alice') => authTokens({ iat: Math.floor(time.now() / 1000), sub: user });

  /** Leaves a session in the storage, as an earlier page did. */
  async function earlierPage(): Promise<void> {
    const { session } = open();
    const signedIn = firstValueFrom(session.setTokens(tokens(), { justIssued: true }));
    await chunk.arrive();
    await signedIn;
    chunk = new EngineChunk();
  }

  it('asks for it once, at the start, and shows `restoring` until it is there', async () => {
    await earlierPage();
    const app = open();
    app.session.getAccessToken().subscribe();

    expect(app.session.state().status).toBe('restoring');
    expect(chunk.requests).toBe(1);

    await chunk.arrive();
    expect(app.states.map(({ status }) => status)).toEqual(['restoring', 'signedIn']);
    expect(app.session.user()?.sub).toBe('alice');
  });

  it('never shows somebody signed out who is not', async () => {
    await earlierPage();
    const { session, states } = open();
    await chunk.arrive();

    expect(states.some(({ status }) => status === 'signedOut')).toBe(false);
    expect(session.isSignedIn()).toBe(true);
  });

  it('gives getters that wait their token when it comes', async () => {
    await earlierPage();
    const { session } = open();
    const access = firstValueFrom(session.getAccessToken());
    const held = firstValueFrom(session.getTokens());
    await chunk.arrive();

    expect((await held)?.accessToken).toBe(await access);
  });

  it('lets getters wait no longer than for any restore', async () => {
    const { session } = open();
    const error = errorOf(session.getAccessToken());
    time.advance(9_999);
    const late = errorOf(session.getIdToken());
    time.advance(1);

    expect(await error).toMatchObject({ code: 'restoreTimeout' });
    expect(await late).toMatchObject({ code: 'restoreTimeout' });
  });

  it('carries out commands in the order in which they were given', async () => {
    const { session, events } = open();
    session.setTokens(tokens('alice'), { justIssued: true });
    session.signOut();
    session.setTokens(tokens('bob'), { justIssued: true });
    await chunk.arrive();

    expect(session.user()?.sub).toBe('bob');
    expect(events.map(({ type }) => type)).not.toContain('sessionReplaced');
    expect(storage.keys()).toHaveLength(1);
  });

  it('takes a command that is given while the earlier ones are carried out after them', async () => {
    const { session, states } = open();
    session.events$.subscribe(({ type }) => {
      if (type === 'signedIn') session.signOut();
    });
    session.setTokens(tokens('alice'), { justIssued: true });
    session.setTokens(tokens('bob'), { justIssued: true });
    await chunk.arrive();

    expect(states.at(-1)).toEqual({ status: 'signedOut', reason: 'signedOut' });
    expect(storage.content).not.toContain('eyJ');
  });

  it('measures the drift of a device clock by the moment of the call', async () => {
    const { session } = open();
    const issued = tokens();
    time.setWall(600_000);
    const signedIn = firstValueFrom(session.setTokens(issued, { justIssued: true }));
    time.advance(5_000);
    await chunk.arrive();

    expect((await signedIn).clockDrift).toBe(-600);
  });

  describe('when the user signs out before it is there', () => {
    it('says so in the task of the call, once', () => {
      const { session, states, events } = open();

      session.signOut();

      expect(session.state()).toEqual({ status: 'signedOut', reason: 'signedOut' });
      expect(states.map(({ status }) => status)).toEqual(['restoring', 'signedOut']);
      expect(events).toEqual([{ type: 'signedOut', origin: 'thisTab' }]);
    });

    it('hands out no token, at once', async () => {
      const { session } = open();
      session.signOut();

      expect(await errorOf(session.getAccessToken())).toMatchObject({ code: 'noSession' });
      expect(await firstValueFrom(session.getTokens())).toBeNull();
    });

    it('clears what is stored when it comes, and brings nobody back', async () => {
      await earlierPage();
      const { session, states, events } = open();
      const done = firstValueFrom(session.signOut());
      await chunk.arrive();
      await done;

      expect(storage.content).not.toContain('eyJ');
      expect(states.map(({ status }) => status)).toEqual(['restoring', 'signedOut']);
      expect(events.map(({ type }) => type)).toEqual(['signedOut']);
    });

    it('clears it although it got lost at first', async () => {
      await earlierPage();
      const { session } = open();
      const done = firstValueFrom(session.signOut());
      await chunk.getLost();
      time.advance(1_000);
      await chunk.arrive();
      await done;

      expect(storage.content).not.toContain('eyJ');
    });
  });

  describe('when it cannot be loaded', () => {
    it('tells of it once, and tries again after 1, 2, 4 … 60 s', async () => {
      const app = open();
      const waits: number[] = [];
      for (const _ of Array(8).keys()) {
        await chunk.getLost();
        const before = time.monotonic();
        const requested = chunk.requests;
        while (chunk.requests === requested) time.advance(1_000);
        waits.push((time.monotonic() - before) / 1000);
      }

      expect(waits).toEqual([1, 2, 4, 8, 16, 32, 60, 60]);
      expect(app.events).toMatchObject([{ type: 'error', error: { code: 'networkError' } }]);
      expect(app.session.state().status).toBe('restoring');
    });

    it('restores as soon as it can', async () => {
      await earlierPage();
      const { session } = open();
      await chunk.getLost();
      time.advance(1_000);
      await chunk.arrive();

      expect(session.isSignedIn()).toBe(true);
    });

    it('fails a sign-in that waits for it, and the next one tries anew', async () => {
      const { session } = open(withNoAutoRestore());
      const first = errorOf(session.setTokens(tokens(), { justIssued: true }));
      await chunk.getLost();
      expect(await first).toMatchObject({ code: 'networkError' });

      const second = firstValueFrom(session.setTokens(tokens(), { justIssued: true }));
      await chunk.arrive();
      expect((await second).user.sub).toBe('alice');
    });

    it('is none of the concerns of an app that does not restore by itself', () => {
      open(withNoAutoRestore());

      expect(chunk.requests).toBe(0);
    });
  });

  it('starts nothing when it comes after the end of the app', async () => {
    await earlierPage();
    const { content } = storage;
    const { session } = open();
    let isOver = false;
    session.initialize().subscribe({ complete: () => (isOver = true) });
    TestBed.resetTestingModule();
    await chunk.arrive();

    expect(isOver).toBe(true);
    expect(storage.content).toBe(content);
    expect(time.armedTimers).toBe(0);
  });

  it('keeps guards waiting, and answers them by the session that it finds', async () => {
    await earlierPage();
    open();
    const answers: unknown[] = [];
    TestBed.runInInjectionContext(() => {
      const answer = signedInGuard({}, { url: '/' } as never);
      if (typeof answer === 'object' && 'subscribe' in answer)
        answer.subscribe((result) => answers.push(result));
    });
    expect(answers).toEqual([]);

    await chunk.arrive();
    expect(answers).toEqual([true]);
  });

  it('fails those who wait, and tells of it once, when a part of the app throws while it is made', async () => {
    const app = startApp({
      config: { region: 'eu-west-1', userPoolId: USER_POOL_ID, clientId: CLIENT_ID },
      time,
      providers: [
        { provide: LOAD_ENGINE, useValue: chunk.load },
        {
          provide: TOKEN_REFRESHER,
          useFactory: () => {
            throw new Error('No transport today');
          },
        },
      ],
    });
    const command = errorOf(app.session.initialize());
    const query = errorOf(app.session.getAccessToken());
    await chunk.arrive();

    expect(await command).toMatchObject({ code: 'serviceError' });
    expect(await query).toMatchObject({ code: 'serviceError' });
    expect(app.events.map(({ type }) => type)).toEqual(['error']);
    time.advance(60_000);
    expect(chunk.requests).toBe(1);
  });

  it('ends commands that come after the end of the app', () => {
    const { session } = open(withNoAutoRestore());
    TestBed.resetTestingModule();
    let isOver = false;
    session.setTokens(tokens()).subscribe({ complete: () => (isOver = true) });

    expect(isOver).toBe(true);
    expect(chunk.requests).toBe(0);
  });
});
