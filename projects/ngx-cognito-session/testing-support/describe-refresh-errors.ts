import { inspect } from 'node:util';
import { startEmulator, type Emulator } from 'cognito-emulator';
import { firstValueFrom } from 'rxjs';
import type { SessionConfig, SessionEvent, SessionFeature, SessionState } from '../src/public-api';
import { withStorage } from '../src/public-api';
import { CountingStorage } from './counting-storage';
import { ManualTime } from './manual-time';
import {
  terminalRows,
  transientRows,
  waitingRows,
  type RefreshErrorRow,
  type RefreshTrouble,
  type TransientRow,
} from './refresh-error-rows';
import { REFRESH, startTrouble, type ActiveTrouble } from './refresh-trouble';
import { configFor, errorOf, nextEvent, nextStatus, startApp, type SessionApp } from './session-app';

const MINUTE = 60_000;
/** The tokens live for an hour. */
const UNTIL_NEARLY_DUE = 58 * MINUTE;
const UNTIL_DEAD = 61 * MINUTE;
const RETRY_DELAY = 5000;
/** The first waits of the back-off with the most jitter. */
const LONGEST_FIRST_BACKOFF = 1250;
const LONGEST_SECOND_BACKOFF = 2500;

/** The features that make the transport; what the app's own client must be like may depend on the trouble. */
export type TransportFeatures = (trouble: RefreshTrouble, config: SessionConfig) => readonly SessionFeature[];

type Stale = Extract<SessionState, { status: 'stale' }>;

interface Scene extends SessionApp {
  readonly storage: CountingStorage;
  readonly trouble: ActiveTrouble;
  /** From the sign-in on, without it. */
  told(): readonly SessionEvent[];
  requests(): number;
}

/**
 * Every row of the table of errors, through the whole library and over real HTTP, for one transport. Rows that it is
 * known to get wrong are named in `openBugs`; they fail once they are mended.
 */
export function describeRefreshErrors(
  transport: string,
  features: TransportFeatures,
  openBugs: readonly string[] = [],
): void {
  describe(`a renewal through ${transport}`, () => {
    let emulator: Emulator;
    let time: ManualTime;
    let trouble: ActiveTrouble;

    beforeEach(async () => {
      time = new ManualTime();
      emulator = await startEmulator({ clock: time });
      // With the grace that is recommended, an answer that was lost after Cognito rotated is made good.
      emulator.configure({ rotation: true, graceSeconds: 60 });
    });

    afterEach(async () => {
      trouble.clean();
      await emulator.close();
    });

    async function signedInWith(row: RefreshErrorRow): Promise<Scene> {
      trouble = startTrouble(row.trouble, emulator, time);
      const storage = new CountingStorage();
      const config = configFor(emulator, { endpoint: trouble.endpoint });
      const app = startApp({
        config,
        time,
        features: [withStorage(storage), ...features(row.trouble, config)],
      });
      await firstValueFrom(app.session.setTokens(await emulator.signIn('alice')));
      return {
        ...app,
        storage,
        trouble,
        told: () => app.events.slice(1),
        requests: () => emulator.log.count(REFRESH),
      };
    }

    /** The first failure is the one that `retry` allows, the second is not. */
    async function untilStale({ session, trouble: { fail } }: Scene, row: RefreshErrorRow): Promise<Stale> {
      time.sleep(UNTIL_DEAD);
      const failed = nextEvent(session, 'error');
      const refused = errorOf(session.getAccessToken());
      await fail(1);
      expectError(await refused, row);
      expectError((await failed).error, row);
      expect(session.state()).toMatchObject({ status: row.outcome.alive.status, refreshing: false });

      const stale = nextStatus(session, row.outcome.dead.status);
      time.advance(RETRY_DELAY);
      await fail(2);
      return (await stale) as Stale;
    }

    describe.each(terminalRows)('that gets $happens', (row) => {
      it.each([
        ['while the access token lives', 'alive'],
        ['once the access token is dead', 'dead'],
      ] as const)('ends the session after one request, %s', async (_, moment) => {
        const scene = await signedInWith(row);
        const { session, storage } = scene;
        const { status, events } = row.outcome[moment];
        const held = JSON.stringify(await firstValueFrom(session.getTokens()));
        if (moment === 'dead') time.sleep(UNTIL_DEAD);

        const error = await errorOf(moment === 'dead' ? session.getAccessToken() : session.forceRefresh());

        expectError(error, row);
        expect(session.state()).toEqual({ status, reason: row.code });
        expect(scene.told().map(({ type }) => type)).toEqual(events);
        expect(scene.told()).toEqual([
          { type: 'sessionExpired', origin: 'thisTab', reason: row.code, final: true },
        ]);
        expect(storage.content).toBe('');
        expectNoToken(held, [error, scene.told(), scene.logged]);
        expect(await errorOf(session.getAccessToken())).toMatchObject({ code: 'noSession' });
        expect(time.armedTimers).toBe(0);
        expect(scene.requests()).toBe(1);
      });
    });

    describe.each(transientRows)('that meets this: $happens;', (row) => {
      const test = openBugs.includes(row.happens) ? it.failing : it;

      test('keeps the session signed in while the access token lives', async () => {
        const scene = await signedInWith(row);
        const { session, storage } = scene;
        const held = await firstValueFrom(session.getTokens());
        const failed = nextEvent(session, 'error');

        untilRenewing(scene);
        await scene.trouble.fail(1);

        expectError((await failed).error, row);
        expect(session.state()).toMatchObject({ status: row.outcome.alive.status, refreshing: false });
        expect(scene.told().map(({ type }) => type)).toEqual(row.outcome.alive.events);
        expect(await firstValueFrom(session.getAccessToken())).toBe(held?.accessToken);
        expect(storage.content).toContain(held?.refreshToken);
        expect(scene.requests()).toBe(scene.trouble.reached ? 1 : 0);
      });

      test('makes the session stale once the access token is dead and `retry` is used up', async () => {
        const scene = await signedInWith(row);
        const { session, storage } = scene;
        const held = await firstValueFrom(session.getTokens());

        const stale = await untilStale(scene, row);

        expectError(stale.error, row);
        expectError(await errorOf(session.getAccessToken()), row);
        expect(session.isSignedIn()).toBe(true);
        expect(scene.told().map(({ type }) => type)).toEqual([
          ...row.outcome.alive.events,
          ...row.outcome.dead.events,
        ]);
        expect(scene.told().at(-1)).toEqual({
          type: 'sessionExpired',
          origin: 'thisTab',
          reason: 'refreshFailed',
          final: false,
        });
        expect(storage.content).toContain(held?.refreshToken);
        expectNoToken(JSON.stringify(held), [stale.error, scene.told(), scene.logged, scene.states]);
        expect(scene.requests()).toBe(scene.trouble.reached ? 2 : 0);
      });

      test('heals by itself when it is over, and tells of every failure until then', async () => {
        const scene = await signedInWith(row);
        const { session } = scene;
        await untilStale(scene, row);
        const toldThen = scene.told().length;

        const failed = nextEvent(session, 'error');
        time.advance(LONGEST_FIRST_BACKOFF);
        await scene.trouble.fail(3);
        expectError((await failed).error, row);
        expect(session.state().status).toBe('stale');
        await scene.trouble.end();
        const healed = nextEvent(session, 'tokenRefreshed');
        time.advance(LONGEST_SECOND_BACKOFF);
        await healed;

        expect(session.state()).toMatchObject({ status: 'signedIn', refreshing: false });
        const token = await firstValueFrom(session.getAccessToken());
        expect(emulator.accessTokenStatus(token).isValid).toBe(true);
        expect(
          scene
            .told()
            .slice(toldThen)
            .map(({ type }) => type),
        ).toEqual(['error', 'tokenRefreshed']);
        // One for each attempt: no layer below the library retries.
        expect(scene.requests()).toBe(scene.trouble.reached ? 4 : 1);
      });
    });

    it.each([
      ...transientRows.filter(isWithoutAnswer).map((row) => ({ ...row, reason: 'rotationLost' })),
      ...transientRows
        .filter(({ serviceError }) => serviceError !== undefined)
        .map((row) => ({ ...row, reason: 'refreshTokenExpired' })),
    ])('that is refused after this: $happens; ends with $reason', async ({ reason, ...row }) => {
      const scene = await signedInWith(row);
      const { session } = scene;
      const failed = nextEvent(session, 'error');
      untilRenewing(scene);
      await scene.trouble.fail(1);
      await failed;
      await scene.trouble.end();
      emulator.faults.add(REFRESH, { kind: 'error', type: 'NotAuthorizedException' });

      const ended = nextEvent(session, 'sessionExpired');
      time.advance(RETRY_DELAY);

      expect(await ended).toEqual({ type: 'sessionExpired', origin: 'thisTab', reason, final: true });
      expect(session.state()).toEqual({ status: 'signedOut', reason });
    });

    describe.each(waitingRows)('that meets this: $happens;', (row) => {
      it.each([
        ['while the access token lives', 'alive'],
        ['once the access token is dead', 'dead'],
      ] as const)('lets callers go and still takes the answer, %s', async (_, moment) => {
        const scene = await signedInWith(row);
        const { session } = scene;
        if (moment === 'dead') time.sleep(UNTIL_DEAD);

        const waiting = errorOf(moment === 'dead' ? session.getAccessToken() : session.forceRefresh());
        await scene.trouble.fail(1);
        expectError(await waiting, row);
        expect(session.state()).toMatchObject({ status: row.outcome[moment].status, refreshing: true });
        expect(scene.told().filter(isOfTheRun)).toEqual(row.outcome[moment].events);

        const renewed = nextEvent(session, 'tokenRefreshed');
        await scene.trouble.end();
        await renewed;

        expect(session.state()).toMatchObject({ status: 'signedIn', refreshing: false });
        expect(scene.requests()).toBe(1);
      });
    });
  });
}

/** To the moment that the timer has chosen, by chance: time that passes after it counts for the attempt. */
function untilRenewing({ session, time }: Scene): void {
  const isRenewing = () => {
    const state = session.state();
    return state.status === 'signedIn' && state.refreshing;
  };
  time.advance(UNTIL_NEARLY_DUE);
  for (let second = 0; second < 60 && !isRenewing(); second++) time.advance(1000);
}

/** Cognito may have renewed: the new refresh token would be lost with the answer. */
function isWithoutAnswer({ code }: TransientRow): boolean {
  return code === 'networkError' || code === 'timeout';
}

/** A command that gave up waiting tells of that itself. */
function isOfTheRun({ type }: SessionEvent): boolean {
  return type !== 'error';
}

function expectError(error: unknown, { code, retryable, serviceError }: RefreshErrorRow): void {
  expect(error).toMatchObject({ name: 'SessionError', code, retryable, serviceError });
}

/** Given the tokens held, as JSON. */
function expectNoToken(held: string, told: readonly unknown[]): void {
  const shown = inspect(told, { depth: 9, showHidden: true }) + JSON.stringify(told);
  const tokens = held.match(/[\w.-]{100,}/g) ?? [];

  expect(tokens).toHaveLength(3);
  for (const token of tokens) expect(shown).not.toContain(token);
}
