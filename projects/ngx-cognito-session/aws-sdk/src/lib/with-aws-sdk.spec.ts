import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { startEmulator, type Emulator, type Fault } from 'cognito-emulator';
import { firstValueFrom } from 'rxjs';
import { ManualTime } from '../../../testing-support/manual-time';
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

  describe.each([
    ['a client of its own', () => undefined],
    ['the app’s client, which retries', ownClient],
  ])('with %s', (_, client) => {
    it.each<[string, Fault, string]>([
      ['a 500', { kind: 'error', type: 'InternalErrorException', status: 500, times: 3 }, 'serviceError'],
      ['a reset', { kind: 'resetBeforeProcessing', times: 3 }, 'networkError'],
      ['a lost answer', { kind: 'resetAfterCommit', times: 3 }, 'networkError'],
      ['throttling', { kind: 'throttle', times: 3 }, 'throttled'],
    ])('sends one request per attempt on %s', async (_name, fault, code) => {
      const { session } = await signedIn(client());
      emulator.faults.add(REFRESH, fault);

      expect(await errorOf(session.forceRefresh())).toMatchObject({ code });

      expect(emulator.log.count(REFRESH)).toBe(1);
      expect(session.isSignedIn()).toBe(true);
    });
  });

  it.each<[string, Fault, string]>([
    ['a firewall’s page', { kind: 'htmlBody', status: 403 }, 'refused'],
    ['a captive portal’s page', { kind: 'htmlBody' }, 'invalidResponse'],
    ['half a body', { kind: 'truncatedBody' }, 'invalidResponse'],
    ['a bare 503', { kind: 'status', status: 503 }, 'serviceError'],
  ])('keeps the session over %s', async (_, fault, code) => {
    const { session } = await signedIn();
    emulator.faults.add(REFRESH, fault);

    expect(await errorOf(session.forceRefresh())).toMatchObject({ code });
    expect(session.isSignedIn()).toBe(true);
  });

  it.each([
    ['NotAuthorizedException', 'refreshTokenExpired'],
    ['RefreshTokenReuseException', 'rotationLost'],
  ] as const)('ends the session on %s', async (type, reason) => {
    const { session } = await signedIn();
    emulator.faults.add(REFRESH, { kind: 'error', type });

    const error = await errorOf(session.forceRefresh());

    expect(error).toMatchObject({ code: reason, serviceError: type });
    expect(session.state()).toEqual({ status: 'signedOut', reason });
  });

  it('keeps tokens out of its errors', async () => {
    const { session, logged, events } = await signedIn();
    const tokens = await firstValueFrom(session.getTokens());
    emulator.faults.add(REFRESH, { kind: 'truncatedBody' });

    const error = await errorOf(session.forceRefresh());

    const seen = JSON.stringify([error, (error as Error).message, (error as Error).cause, logged, events]);
    expect(seen).not.toContain(tokens?.refreshToken);
    expect(seen).not.toContain('eyJ');
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

  it('renews through the built-in transport when its chunk is gone, and says so', async () => {
    const { session, logged } = await signedIn(undefined, {}, () =>
      Promise.reject(new TypeError('Failed to fetch dynamically imported module')),
    );

    await firstValueFrom(session.forceRefresh());

    expect(emulator.log.count(REFRESH)).toBe(1);
    expect(logged).toMatchObject([{ level: 'warn' }]);
  });
});
