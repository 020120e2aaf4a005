import type { Emulator } from '../emulator';
import { startEmulator } from '../node/start-emulator';
import { control } from '../../testing-support/control-client';
import { SAMPLE_CALLS } from '../../testing-support/sample-calls';

const REFRESH = 'GetTokensFromRefreshToken';

let emulator: Emulator;

beforeEach(async () => {
  emulator = await startEmulator();
});

afterEach(() => emulator.close());

async function refresh(refreshToken: string) {
  const response = await fetch(emulator.url, {
    method: 'POST',
    headers: { 'X-Amz-Target': `AWSCognitoIdentityProviderService.${REFRESH}` },
    body: JSON.stringify({ ClientId: emulator.clientId, RefreshToken: refreshToken }),
  });
  return response.status;
}

/** Both roads to the same barrier. */
const ROADS = {
  'in-process': (operation: string) => {
    const barrier = emulator.hold(operation);
    return Promise.resolve({
      arrived: (count: number) => barrier.arrived(count),
      release: (index: number) => barrier.release(index),
    });
  },
  'over HTTP': async (operation: string) => {
    const { body } = await control<{ barrier: number }>(emulator, 'hold', { operation });
    return {
      arrived: (count: number) => control(emulator, 'arrived', { ...body, count }),
      release: (index: number) => control(emulator, 'release', { ...body, index }),
    };
  },
};

describe.each(Object.entries(ROADS))('a barrier %s', (_, hold) => {
  it.each(SAMPLE_CALLS)('reverses the order of two calls of $operation', async ({ operation, prepare }) => {
    const [sendA, sendB] = [await prepare(emulator), await prepare(emulator)];
    const barrier = await hold(operation);
    const served: string[] = [];
    const a = sendA().then(() => served.push('A'));
    await barrier.arrived(1);
    const b = sendB().then(() => served.push('B'));
    await barrier.arrived(2);

    await barrier.release(1);
    await b;
    await barrier.release(0);
    await a;

    expect(served).toEqual(['B', 'A']);
    const outcomes = emulator.log.calls(operation).map(({ outcome }) => outcome);
    expect(outcomes).toEqual(['answered', 'answered']);
  });
});

it('decides by the order of release who wins a rotation', async () => {
  emulator.configure({ rotation: true, graceSeconds: 0 });
  const { RefreshToken } = await emulator.signIn('alice');
  const barrier = emulator.hold(REFRESH);
  const a = refresh(RefreshToken);
  await barrier.arrived(1);
  const b = refresh(RefreshToken);
  await barrier.arrived(2);

  await barrier.release(1);
  await barrier.release(0);

  expect([await a, await b]).toEqual([400, 200]);
});

it('holds after commit: the state has changed while the caller still waits', async () => {
  emulator.configure({ rotation: true, graceSeconds: 0 });
  const { RefreshToken } = await emulator.signIn('alice');
  const barrier = emulator.hold(REFRESH, 'afterCommit');
  const answer = refresh(RefreshToken);
  await barrier.arrived();

  const live = emulator.liveRefreshTokens({ username: 'alice' });
  const [record] = emulator.log.calls(REFRESH);

  expect(live.map(({ token }) => token)).not.toContain(RefreshToken);
  expect(record).toMatchObject({ outcome: 'pending', isProcessed: true });
  await barrier.open();
  expect(await answer).toBe(200);
});

it('is told over HTTP where to hold', async () => {
  emulator.configure({ rotation: true, graceSeconds: 0 });
  const { RefreshToken } = await emulator.signIn('alice');
  const hold = { operation: REFRESH, point: 'afterCommit' };
  const { body } = await control<{ barrier: number }>(emulator, 'hold', hold);
  const answer = refresh(RefreshToken);
  await control(emulator, 'arrived', body);

  expect(emulator.log.last(REFRESH)).toMatchObject({ outcome: 'pending', isProcessed: true });
  await control(emulator, 'open', body);
  expect(await answer).toBe(200);
});

it('holds nothing any more once it is open', async () => {
  const { RefreshToken } = await emulator.signIn('alice');
  await emulator.hold(REFRESH).open();

  expect(await refresh(RefreshToken)).toBe(200);
});

it('lets held calls go when the emulator closes', async () => {
  const { RefreshToken } = await emulator.signIn('alice');
  const barrier = emulator.hold(REFRESH);
  const answer = refresh(RefreshToken).catch(() => 'broken');
  await barrier.arrived();

  await emulator.close();

  expect(await answer).toEqual(expect.anything());
});
