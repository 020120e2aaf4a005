import { GetTokensFromRefreshTokenCommand } from '@aws-sdk/client-cognito-identity-provider';
import { ManualClock } from '../clock/clock';
import type { Emulator } from '../emulator';
import { startEmulator } from '../node/start-emulator';
import { sdkClient } from '../../testing-support/sdk-client';

const REFRESH = 'GetTokensFromRefreshToken';

let clock: ManualClock;
let emulator: Emulator;

beforeEach(async () => {
  clock = new ManualClock();
  emulator = await startEmulator({ clock });
  emulator.configure({ rotation: true });
});

afterEach(() => emulator.close());

async function refresh(refreshToken: string) {
  const client = sdkClient(emulator);
  const command = new GetTokensFromRefreshTokenCommand({
    RefreshToken: refreshToken,
    ClientId: emulator.clientId,
    ClientMetadata: { tab: 'A' },
  });
  return client.send(command).finally(() => client.destroy());
}

it('notes operation, time, client, metadata, status and the tokens in and out', async () => {
  const { RefreshToken } = await emulator.signIn('alice');

  const answer = await refresh(RefreshToken);

  expect(emulator.log.calls()).toEqual([
    {
      number: 1,
      operation: REFRESH,
      target: `AWSCognitoIdentityProviderService.${REFRESH}`,
      at: clock.now(),
      endedAt: clock.now(),
      outcome: 'answered',
      isProcessed: true,
      status: 200,
      errorType: null,
      clientId: emulator.clientId,
      clientMetadata: { tab: 'A' },
      query: {},
      tokensIn: { refresh: RefreshToken },
      tokensOut: {
        access: answer.AuthenticationResult?.AccessToken,
        id: answer.AuthenticationResult?.IdToken,
        refresh: answer.AuthenticationResult?.RefreshToken,
      },
      identityIn: null,
      identityOut: null,
      logins: [],
      sdkInvocationId: expect.any(String),
      origin: null,
      fault: null,
    },
  ]);
});

it('notes the exception of a refused call', async () => {
  await refresh('a.b.c.d.e').catch(() => undefined);

  expect(emulator.log.last(REFRESH)).toMatchObject({ status: 400, errorType: 'NotAuthorizedException' });
});

it('counts the fetches of each submitted refresh token', async () => {
  emulator.configure({ graceSeconds: 30 });
  const { RefreshToken } = await emulator.signIn('alice');
  const { AuthenticationResult } = await refresh(RefreshToken);
  await refresh(RefreshToken);
  await refresh(AuthenticationResult?.RefreshToken ?? '');

  expect([...emulator.log.fetchesPerRefreshToken(REFRESH).values()]).toEqual([2, 1]);
});

it('lets a test wait for the next call, for an arrival and for a number of calls', async () => {
  const { RefreshToken } = await emulator.signIn('alice');
  const barrier = emulator.hold(REFRESH);
  const next = emulator.log.next(REFRESH);

  const answer = refresh(RefreshToken);
  const [arrived] = await emulator.log.whenArrived(REFRESH);
  await barrier.open();

  expect(arrived?.outcome).toBe('pending');
  expect(await next).toMatchObject({ number: 1, outcome: 'answered' });
  expect(await emulator.log.whenEnded(REFRESH, 1)).toHaveLength(1);
  await answer;
});
