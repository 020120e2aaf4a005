import { startEmulator, type Emulator, type Fault } from 'cognito-emulator';
import { Families } from './families';
import { deviceOf, readCalls, readRequests } from './read-logs';
import { ServerClock } from './server-clock';

const REFRESH = 'GetTokensFromRefreshToken';

let emulator: Emulator;
let clock: ServerClock;
let families: Families;
let token: string;

beforeEach(async () => {
  clock = new ServerClock();
  emulator = await startEmulator({ clock });
  emulator.configure({ rotation: true, accessTokenSeconds: 300, idTokenSeconds: 300 });
  families = new Families();
  const tokens = await emulator.signIn('alice');
  token = tokens.RefreshToken;
  families.begin('d1', 'alice', tokens, Date.now());
});

afterEach(() => emulator.close());

/** A page refreshes, and what the log says of it. */
async function refresh(fault?: Fault) {
  if (fault !== undefined) emulator.faults.add(REFRESH, fault);
  await fetch(emulator.url, {
    method: 'POST',
    headers: { 'X-Amz-Target': `AWSCognitoIdentityProviderService.${REFRESH}` },
    body: JSON.stringify({
      RefreshToken: token,
      ClientId: emulator.clientId,
      ClientMetadata: { page: 'd1p2' },
    }),
  })
    .then((answer) => answer.text())
    .catch(() => undefined);
  await emulator.log.whenEnded(REFRESH);
  return readCalls(emulator.log.calls(), families, clock).at(-1);
}

describe('a call in the log', () => {
  it('names page, family and tokens', async () => {
    expect(await refresh()).toMatchObject({
      ...{ operation: 'refresh', page: 'd1p2', device: 'd1', family: 'f1' },
      ...{ sent: 'f1.r1', received: 'f1.r2', isGood: true, exception: null, lifetimeMs: 300_000 },
    });
  });

  it.each<[Fault]>([
    [{ kind: 'resetAfterCommit' }],
    [{ kind: 'truncatedBody' }],
    [{ kind: 'truncatedBody', cut: 'broken' }],
  ])('is not good when its answer is lost after the rotation: %j', async (fault) => {
    expect(await refresh(fault)).toMatchObject({ isGood: false, isProcessed: true, received: 'f1.r2' });
  });

  it.each<[Fault]>([[{ kind: 'delay', ms: 10 }], [{ kind: 'slowBody', ms: 10 }]])(
    'is good when its answer is only late: %j',
    async (fault) => {
      expect(await refresh(fault)).toMatchObject({ isGood: true });
    },
  );

  it.each<[Fault]>([[{ kind: 'throttle' }], [{ kind: 'status', status: 503 }], [{ kind: 'htmlBody' }]])(
    'is not good when it was not processed: %j',
    async (fault) => {
      expect(await refresh(fault)).toMatchObject({ isGood: false, isProcessed: false, received: null });
    },
  );

  it('has the exception with which Cognito ends a session', async () => {
    await refresh();

    expect(await refresh()).toMatchObject({
      isGood: false,
      isAnswered: true,
      exception: 'RefreshTokenReuseException',
    });
  });

  it.each<[Fault]>([[{ kind: 'truncatedBody' }], [{ kind: 'truncatedBody', cut: 'broken' }]])(
    'has that exception although the body is lost: %j',
    async (fault) => {
      await refresh();

      expect(await refresh(fault)).toMatchObject({
        isAnswered: true,
        exception: 'RefreshTokenReuseException',
      });
    },
  );

  it('of a token that no sign-in explains is left out', () => {
    expect(readCalls(emulator.log.calls(), new Families(), clock)).toEqual([]);
  });
});

describe('a request in the log of the API', () => {
  const record = { number: 1, at: 0, method: 'GET', status: 200, wasTokenValid: true, sub: null };

  it('says in its path who sent it, and when', () => {
    const [request] = readRequests(
      [{ ...record, path: '/api/d1p2/17/alice/-/1234', verdict: 'noToken', accessToken: null }],
      families,
      clock,
    );

    expect(request).toEqual({
      ...{ device: 'd1', page: 'd1p2', number: 17, at: 1234, serverAt: 1234 },
      ...{ askedAs: 'alice', sentAs: null, verdict: 'noToken', token: null },
    });
  });

  it('belongs to the device of its page, or to the browser of its server instance', () => {
    expect(['d1p2', 'd12p3', 'b1s2'].map(deviceOf)).toEqual(['d1', 'd12', 'b1']);
  });
});
