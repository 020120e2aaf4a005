import { ManualClock } from '../clock/clock';
import type { Emulator } from '../emulator';
import type { Fault } from '../faults/fault';
import { createEmulator } from './create-emulator';

const REFRESH = 'GetTokensFromRefreshToken';

let clock: ManualClock;
let emulator: Emulator;

beforeEach(() => {
  clock = new ManualClock();
  emulator = createEmulator({ clock });
});

afterEach(() => emulator.close());

function call(operation: string, input: object, init: RequestInit = {}): Promise<Response> {
  return emulator.fetch(
    new Request(emulator.url, {
      method: 'POST',
      headers: { 'X-Amz-Target': `AWSCognitoIdentityProviderService.${operation}` },
      body: JSON.stringify({ ClientId: emulator.clientId, ...input }),
      ...init,
    }),
  );
}

async function refresh(init?: RequestInit): Promise<Response> {
  const { RefreshToken } = await emulator.signIn('alice');
  return call(REFRESH, { RefreshToken }, init);
}

describe('an emulator without a server', () => {
  it('has the address of the real service', () => {
    expect(emulator.url).toBe('https://cognito-idp.eu-west-1.amazonaws.com');
    expect(emulator.jwksUrl).toBe(`${emulator.issuer}/.well-known/jwks.json`);
  });

  it('signs a user in, with the headers of the wire', async () => {
    const AuthParameters = { USERNAME: 'alice', PASSWORD: 'Correct-horse-1' };

    const response = await call('InitiateAuth', { AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters });

    expect(response.status).toBe(200);
    expect(response.headers.get('date')).toBe(new Date(clock.now()).toUTCString());
    expect(await response.json()).toMatchObject({ AuthenticationResult: { TokenType: 'Bearer' } });
    expect(emulator.log.last()).toMatchObject({
      operation: 'InitiateAuth',
      outcome: 'answered',
      status: 200,
    });
  });

  it('answers discovery, preflights and the control path', async () => {
    const at = (path: string, method = 'GET') =>
      emulator.fetch(new Request(`${emulator.url}${path}`, { method }));

    expect((await (await emulator.fetch(new Request(emulator.jwksUrl))).json()) as object).toHaveProperty(
      'keys',
    );
    expect((await at('/', 'OPTIONS')).headers.get('access-control-max-age')).toBe('172800');
    expect(await (await at('/_control/info')).json()).toMatchObject({ userPoolId: emulator.userPoolId });
    expect((await at('/nowhere')).status).toBe(404);
  });

  it('gives a redirect to the caller instead of following it', async () => {
    const query = new URLSearchParams({
      client_id: emulator.clientId,
      logout_uri: 'https://app.example.com/',
    });

    const response = await emulator.fetch(new Request(`${emulator.url}/logout?${query.toString()}`));

    expect([response.status, response.headers.get('location')]).toEqual([302, 'https://app.example.com/']);
  });
});

describe('where a connection would break', () => {
  it.each<[Fault, boolean]>([
    [{ kind: 'resetBeforeProcessing' }, false],
    [{ kind: 'resetAfterCommit' }, true],
  ])('the promise rejects as that of fetch does: %j', async (fault, isProcessed) => {
    emulator.faults.add(REFRESH, fault);

    await expect(refresh()).rejects.toThrow(TypeError);

    expect(emulator.log.last()).toMatchObject({ outcome: 'reset', isProcessed, status: null });
  });

  it('a body that breaks in the middle gives its first half', async () => {
    emulator.faults.add(REFRESH, { kind: 'truncatedBody', cut: 'broken' });
    const { body } = await refresh();
    const reader = body?.getReader();

    const half = await reader?.read();

    expect(new TextDecoder().decode(half?.value)).toMatch(/^{"AuthenticationResult"/);
    await expect(reader?.read()).rejects.toThrow(TypeError);
    expect(emulator.log.last()).toMatchObject({ outcome: 'reset' });
  });

  it('a slow body arrives in parts, and whole', async () => {
    emulator.faults.add(REFRESH, { kind: 'slowBody', ms: 8 });

    const response = await refresh();

    expect(emulator.log.last()).toMatchObject({ outcome: 'pending', isProcessed: true });
    expect(await response.json()).toHaveProperty('AuthenticationResult.AccessToken');
    expect(await emulator.log.whenEnded(REFRESH)).toMatchObject([{ outcome: 'answered' }]);
  });

  it('a slow body that the caller does not want any more counts as reset', async () => {
    emulator.faults.add(REFRESH, { kind: 'slowBody', ms: 8 });

    await (await refresh()).body?.cancel();

    expect(await emulator.log.whenEnded(REFRESH)).toMatchObject([{ outcome: 'reset' }]);
  });

  it.each([204, 304])('a status that has no body arrives: %d', async (status) => {
    emulator.faults.add(REFRESH, { kind: 'status', status });

    expect(await refresh()).toMatchObject({ status, body: null });
    expect(emulator.log.last()).toMatchObject({ outcome: 'answered', status });
  });

  it('a status that no response can have rejects, and the call ends', async () => {
    emulator.faults.add(REFRESH, { kind: 'status', status: 999 });

    await expect(refresh()).rejects.toThrow(TypeError);

    expect(emulator.log.last()).toMatchObject({ outcome: 'reset' });
  });
});

describe('a caller that gives up', () => {
  it('before it has called, has not called', async () => {
    await expect(refresh({ signal: AbortSignal.abort(new Error('never mind')) })).rejects.toThrow(
      'never mind',
    );

    expect(emulator.log.count()).toBe(0);
  });

  it('gets the reason at once, while the call goes on', async () => {
    const barrier = emulator.hold(REFRESH);
    const giveUp = new AbortController();
    const answer = refresh({ signal: giveUp.signal });
    await barrier.arrived();

    giveUp.abort(new Error('too late'));

    await expect(answer).rejects.toThrow('too late');
    await barrier.release();
    expect(emulator.log.last()).toMatchObject({ outcome: 'reset', isProcessed: true });
  });

  it('is rejected when the emulator closes, as every later one is', async () => {
    const barrier = emulator.hold(REFRESH);
    const answer = refresh();
    await barrier.arrived();
    const rejected = expect(answer).rejects.toThrow(TypeError);

    await emulator.close();

    await rejected;
    emulator.log.clear();
    await expect(refresh()).rejects.toThrow(TypeError);
    expect(emulator.log.count()).toBe(0);
  });
});
