import {
  GetTokensFromRefreshTokenCommand,
  ListUserSessionsCommand,
  RevokeUserSessionCommand,
  type CognitoIdentityProviderClient,
} from '@aws-sdk/client-cognito-identity-provider';
import { sdkClient } from '../../testing-support/sdk-client';
import { ManualClock } from '../clock/clock';
import type { Emulator } from '../emulator';
import { startEmulator } from '../node/start-emulator';

const SECOND = 1000;
const REVOKED = { name: 'NotAuthorizedException', message: 'Refresh Token has been revoked' };

let clock: ManualClock;
let emulator: Emulator;
let client: CognitoIdentityProviderClient;

beforeEach(async () => {
  clock = new ManualClock();
  emulator = await startEmulator({ clock, pools: [{ sessionTracking: true, maxSessionsPerUser: 2 }] });
  client = sdkClient(emulator);
});

afterEach(async () => {
  client.destroy();
  await emulator.close();
});

async function signIn() {
  clock.advance(SECOND);
  return emulator.signIn('alice');
}

function refresh(RefreshToken: string) {
  clock.advance(SECOND);
  return client.send(new GetTokensFromRefreshTokenCommand({ ClientId: emulator.clientId, RefreshToken }));
}

const list = async (AccessToken: string) =>
  (await client.send(new ListUserSessionsCommand({ AccessToken }))).Sessions ?? [];

const revoke = (AccessToken: string, SessionId: string | undefined) =>
  client.send(new RevokeUserSessionCommand({ AccessToken, SessionId }));

describe('a sign-in over the limit', () => {
  it('ends the session that was used least recently', async () => {
    const first = await signIn();
    const second = await signIn();
    await refresh(first.RefreshToken);
    const third = await signIn();

    await expect(refresh(second.RefreshToken)).rejects.toMatchObject(REVOKED);
    expect(emulator.accessTokenStatus(second.AccessToken).isRevoked).toBe(true);
    expect(await refresh(first.RefreshToken)).toHaveProperty('AuthenticationResult');
    expect(await refresh(third.RefreshToken)).toHaveProperty('AuthenticationResult');
  });

  it('counts a rotated session once', async () => {
    emulator.configure({ rotation: true, graceSeconds: 60 });
    const first = await signIn();
    const { AuthenticationResult } = await refresh(first.RefreshToken);
    await signIn();

    expect(await refresh(AuthenticationResult?.RefreshToken ?? '')).toHaveProperty('AuthenticationResult');
  });

  it('brings the user back within a limit that was lowered, which alone ends nothing', async () => {
    const first = await signIn();
    const second = await signIn();
    emulator.configurePool({ maxSessionsPerUser: 1 });
    expect(emulator.liveRefreshTokens({ username: 'alice' })).toHaveLength(2);
    const third = await signIn();

    for (const { RefreshToken } of [first, second])
      await expect(refresh(RefreshToken)).rejects.toMatchObject(REVOKED);
    expect(emulator.liveRefreshTokens({ username: 'alice' }).map(({ token }) => token)).toEqual([
      third.RefreshToken,
    ]);
  });

  it('ends nothing without session tracking', async () => {
    emulator.configurePool({ sessionTracking: false });
    for (let count = 0; count < 3; count++) await signIn();

    expect(emulator.liveRefreshTokens({ username: 'alice' })).toHaveLength(3);
  });
});

describe('a user', () => {
  it('sees the sessions, and which one is the caller’s', async () => {
    const first = await signIn();
    const startedAt = clock.now();
    const second = await signIn();
    await refresh(first.RefreshToken);

    expect(await list(second.AccessToken)).toEqual([
      {
        SessionId: expect.stringMatching(/^tkn[0-9a-f]{25}$/),
        SessionType: 'TOKEN',
        ClientId: emulator.clientId,
        CreateDate: new Date(Math.floor(startedAt / SECOND) * SECOND),
        LastActiveDate: new Date(Math.floor(clock.now() / SECOND) * SECOND),
        IsCurrentSession: false,
      },
      expect.objectContaining({ IsCurrentSession: true }),
    ]);
  });

  it('ends another session, and not the own one', async () => {
    const first = await signIn();
    const second = await signIn();
    const [other, own] = await list(second.AccessToken);

    await revoke(second.AccessToken, other?.SessionId);

    await expect(refresh(first.RefreshToken)).rejects.toMatchObject(REVOKED);
    expect(await list(second.AccessToken)).toHaveLength(1);
    await expect(revoke(second.AccessToken, own?.SessionId)).rejects.toMatchObject({
      name: 'InvalidParameterException',
    });
    await expect(revoke(second.AccessToken, other?.SessionId)).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });

  it('sees none where the pool does not track them', async () => {
    const { AccessToken } = await signIn();
    emulator.configurePool({ sessionTracking: false });

    await expect(list(AccessToken)).rejects.toMatchObject({ name: 'OperationNotEnabledException' });
  });
});
