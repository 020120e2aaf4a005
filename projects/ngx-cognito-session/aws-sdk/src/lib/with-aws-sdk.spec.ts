import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { startEmulator, type Emulator, type Fault } from 'cognito-emulator';
import { firstValueFrom } from 'rxjs';
import { ManualTime } from '../../../testing-support/manual-time';
import { lostChunkRow } from '../../../testing-support/refresh-error-rows';
import { configFor, errorOf, startApp, type SessionApp } from '../../../testing-support/session-app';
import type { SessionConfig } from '../../../src/public-api';
import { withAwsSdk } from '../public-api';
import { LOAD_AWS_SDK } from './aws-sdk-client';

const REFRESH = 'GetTokensFromRefreshToken';

describe('withAwsSdk', () => {
  let emulator: Emulator;
  let time: ManualTime;

  beforeEach(async () => {
    emulator = await startEmulator();
    time = new ManualTime(emulator.clock.now());
    emulator.configure({ rotation: true, graceSeconds: 0 });
  });

  afterEach(() => emulator.close());

  async function signedIn(
    client?: Parameters<typeof withAwsSdk>[0],
    config: Partial<SessionConfig> = {},
    load?: () => Promise<never>,
  ): Promise<SessionApp> {
    const app = startApp({
      config: configFor(emulator, config),
      time,
      features: [withAwsSdk(client)],
      providers: load === undefined ? [] : [{ provide: LOAD_AWS_SDK, useValue: load }],
    });
    await firstValueFrom(app.session.setTokens(await emulator.signIn('alice')));
    return app;
  }

  function ownClient(): CognitoIdentityProviderClient {
    return new CognitoIdentityProviderClient({
      region: emulator.region,
      endpoint: emulator.url,
      maxAttempts: 5,
    });
  }

  it('renews with rotation through the SDK', async () => {
    const { session } = await signedIn();

    await firstValueFrom(session.forceRefresh());

    const [live] = emulator.liveRefreshTokens({ username: 'alice' });
    expect((await firstValueFrom(session.getTokens()))?.refreshToken).toBe(live?.token);
    expect(emulator.log.count(REFRESH)).toBe(1);
  });

  it('renews with InitiateAuth if configured', async () => {
    emulator.configure({ rotation: false });
    const { session } = await signedIn(undefined, { refreshOperation: 'InitiateAuth' });

    await firstValueFrom(session.forceRefresh());

    expect(emulator.log.count('InitiateAuth')).toBe(1);
  });

  it('takes the app’s client, or a function that makes one when it is needed', async () => {
    let made = 0;
    const { session } = await signedIn(() => {
      made++;
      return ownClient();
    });
    expect(made).toBe(0);

    await firstValueFrom(session.forceRefresh());
    await firstValueFrom(session.forceRefresh());

    expect(made).toBe(1);
    expect(emulator.log.count(REFRESH)).toBe(2);
  });

  it.each<[string, Fault, string]>([
    ['a 500', { kind: 'error', type: 'InternalErrorException', status: 500, times: 3 }, 'serviceError'],
    ['a reset', { kind: 'resetBeforeProcessing', times: 3 }, 'networkError'],
    ['a lost answer', { kind: 'resetAfterCommit', times: 3 }, 'networkError'],
    ['throttling', { kind: 'throttle', times: 3 }, 'throttled'],
  ])('sends one request per attempt on %s with the app’s client, which retries', async (_, fault, code) => {
    const { session } = await signedIn(ownClient());
    emulator.faults.add(REFRESH, fault);

    expect(await errorOf(session.forceRefresh())).toMatchObject({ code });

    expect(emulator.log.count(REFRESH)).toBe(1);
    expect(session.isSignedIn()).toBe(true);
  });

  it.each<[string, (() => Promise<never>) | undefined]>([
    ['the SDK', undefined],
    ['the built-in transport, in place of an SDK that is gone', () => Promise.reject(new Error('Gone.'))],
  ])('keeps the name and the text of a trigger’s refusal through %s', async (_, load) => {
    const type = 'UserLambdaValidationException';
    const message = 'PreTokenGeneration failed with error The tenant is locked.';
    const { session } = await signedIn(undefined, {}, load);
    emulator.faults.add(REFRESH, { kind: 'error', type, message });

    expect(await errorOf(session.forceRefresh())).toMatchObject({
      code: 'refused',
      serviceError: type,
      cause: { name: type, message },
    });
  });

  it('revokes at sign-out, before and after the SDK is loaded', async () => {
    for (const renewFirst of [false, true]) {
      const { session } = await signedIn();
      if (renewFirst) await firstValueFrom(session.forceRefresh());
      emulator.log.clear();

      await firstValueFrom(session.signOut());

      await emulator.log.whenEnded('RevokeToken', 1);
      expect(emulator.liveRefreshTokens({ username: 'alice' })).toEqual([]);
    }
  });

  it('signs out everywhere with global', async () => {
    const { session } = await signedIn();
    await firstValueFrom(session.forceRefresh());
    await emulator.signIn('alice');

    await firstValueFrom(session.signOut({ global: true }));

    await emulator.log.whenEnded('GlobalSignOut', 1);
    expect(emulator.liveRefreshTokens({ username: 'alice' })).toEqual([]);
  });

  it.each([
    ['while the access token lives', 'alive'],
    ['once the access token is dead', 'dead'],
  ] as const)(
    'renews through the built-in transport when its chunk is gone, and says so, %s',
    async (_, moment) => {
      const { status, events: told } = lostChunkRow.outcome[moment];
      const { session, events, logged } = await signedIn(undefined, {}, () =>
        Promise.reject(new TypeError('Failed to fetch dynamically imported module')),
      );
      if (moment === 'dead') time.sleep(2 * 60 * 60_000);
      if (moment === 'dead') await firstValueFrom(session.getAccessToken());
      else await firstValueFrom(session.forceRefresh());

      expect(session.state()).toMatchObject({ status, refreshing: false });
      expect(events.slice(1).map(({ type }) => type)).toEqual(told);
      expect(emulator.log.count(REFRESH)).toBe(1);
      expect(logged).toMatchObject([{ level: 'warn' }]);
    },
  );
});
