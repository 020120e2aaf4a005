import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { ManualClock } from '../clock/clock';
import { DEFAULT_CLIENT_ID } from '../config/emulator-config';
import type { EmulatorServer } from '../node/start-emulator';
import { startEmulator } from '../node/start-emulator';

let clock: ManualClock;
const FLOW_OF = (AuthFlow: string) => JSON.stringify({ AuthFlow, ClientId: DEFAULT_CLIENT_ID });
const answerTo = (ChallengeName: string) =>
  JSON.stringify({
    ChallengeName,
    ClientId: DEFAULT_CLIENT_ID,
    ChallengeResponses: { USERNAME: 'alice', SMS_MFA_CODE: '123456' },
    Session: 'any',
  });

let emulator: EmulatorServer;

beforeEach(async () => {
  clock = new ManualClock();
  emulator = await startEmulator({ clock });
});

afterEach(() => emulator.close());

function post(operation: string, body: string) {
  return fetch(emulator.url, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/x-amz-json-1.1',
      'X-Amz-Target': `AWSCognitoIdentityProviderService.${operation}`,
    },
    body,
  });
}

describe('an error', () => {
  it('has the body and the headers of the real service', async () => {
    const body = JSON.stringify({ ClientId: emulator.clientId, RefreshToken: 'a.b.c.d.e' });

    const response = await post('GetTokensFromRefreshToken', body);

    expect(response.status).toBe(400);
    expect(await response.json()).toEqual({
      __type: 'NotAuthorizedException',
      message: 'Invalid Refresh Token.',
    });
    expect(response.headers.get('x-amzn-ErrorType')).toBe('NotAuthorizedException:');
    expect(response.headers.get('x-amzn-ErrorMessage')).toBe('Invalid Refresh Token.');
    expect(response.headers.get('content-type')).toBe('application/x-amz-json-1.1');
    expect(response.headers.get('x-amzn-RequestId')).toMatch(/^[0-9a-f-]{36}$/);
  });

  it.each([
    ['an unknown operation', 'Nonsense', '{}', 'UnknownOperationException'],
    ['a body that is no JSON', 'InitiateAuth', '{', 'SerializationException'],
    ['a missing member', 'GetTokensFromRefreshToken', '{"ClientId":"x"}', 'InvalidParameterException'],
    ['a name that every object has', 'constructor', '{}', 'UnknownOperationException'],
    ['a flow that Cognito does not have', 'InitiateAuth', FLOW_OF('NONSENSE'), 'InvalidParameterException'],
    [
      'a challenge that Cognito does not have',
      'RespondToAuthChallenge',
      answerTo('NONSENSE'),
      'InvalidParameterException',
    ],
  ])('answers %s by its name', async (_, operation, body, type) => {
    const response = await post(operation, body);

    expect(await response.json()).toMatchObject({ __type: type });
  });
});

it('arrives with a text that no header can hold', async () => {
  emulator.faults.add('InitiateAuth', { kind: 'error', type: 'ResourceNotFoundException', message: 'a → b' });

  const response = await post('InitiateAuth', '{}');

  expect(response.headers.get('x-amzn-ErrorMessage')).toBe('a %E2%86%92 b');
  expect(await response.json()).toMatchObject({ message: 'a → b' });
});

describe('what Cognito has and the emulator has not', () => {
  it.each([
    ['AdminCreateUser', '{}', 'AdminCreateUser'],
    ['UpdateUserAttributes', '{}', 'UpdateUserAttributes'],
    ['InitiateAuth', FLOW_OF('CUSTOM_AUTH'), 'InitiateAuth with CUSTOM_AUTH'],
    ['RespondToAuthChallenge', answerTo('SMS_MFA'), 'RespondToAuthChallenge with SMS_MFA'],
  ])('is answered NotImplemented, with its name: %s %s', async (operation, body, name) => {
    const response = await post(operation, body);

    expect(response.status).toBe(501);
    expect(await response.json()).toEqual({
      __type: 'NotImplemented',
      message: `cognito-emulator does not have ${name}.`,
    });
    expect(emulator.log.last()).toMatchObject({ operation, errorType: 'NotImplemented', status: 501 });
  });
});

describe('CORS', () => {
  it('lets every page read the answer, the request id and the time of the emulator', async () => {
    clock.advance(3_600_000);

    const response = await post('InitiateAuth', '{}');

    expect(response.headers.get('access-control-allow-origin')).toBe('*');
    expect(response.headers.get('access-control-expose-headers')).toBe(
      'x-amzn-RequestId,x-amzn-ErrorType,x-amzn-ErrorMessage,Date',
    );
    expect(Date.parse(response.headers.get('date') ?? '')).toBe(Math.floor(clock.now() / 1000) * 1000);
  });

  it('allows the headers that the SDK asks for, and does not log the preflight', async () => {
    const asked = 'amz-sdk-invocation-id,amz-sdk-request,content-type,x-amz-target,x-amz-user-agent';

    const response = await fetch(emulator.url, {
      method: 'OPTIONS',
      headers: { 'Access-Control-Request-Method': 'POST', 'Access-Control-Request-Headers': asked },
    });

    expect(response.status).toBe(200);
    expect(response.headers.get('access-control-allow-headers')).toBe(asked);
    expect(response.headers.get('access-control-max-age')).toBe('172800');
    expect(emulator.log.count()).toBe(0);
  });
});

describe('discovery', () => {
  it('names the issuer in its real form and the keys at the local address', async () => {
    const response = await fetch(`${emulator.url}/${emulator.userPoolId}/.well-known/openid-configuration`);

    expect(await response.json()).toMatchObject({ issuer: emulator.issuer, jwks_uri: emulator.jwksUrl });
  });

  it('answers 404 for a pool that is not there', async () => {
    const response = await fetch(`${emulator.url}/eu-west-1_Nowhere/.well-known/jwks.json`);

    expect(response.status).toBe(404);
  });
});

describe('a server', () => {
  it('listens on an address of IPv6', async () => {
    const other = await startEmulator({ host: '::1' });

    expect(other.url).toBe(`http://[::1]:${other.port}`);
    expect((await fetch(other.jwksUrl)).status).toBe(200);
    await other.close();
  });

  it.each([
    [{ pools: [] }, 'needs a user pool'],
    [{ pools: [{ clients: [] }] }, 'needs an app client'],
  ])('does not listen for %j', async (config, complaint) => {
    const probe = createServer().listen(0, '127.0.0.1');
    await once(probe, 'listening');
    const { port } = probe.address() as AddressInfo;
    probe.close();
    await once(probe, 'close');

    await expect(startEmulator({ ...config, port })).rejects.toThrow(complaint);

    await expect(fetch(`http://127.0.0.1:${port}`)).rejects.toThrow();
  });

  it('does not wait for a fault when it closes', async () => {
    const other = await startEmulator();
    other.faults.add('jwks', { kind: 'delay', ms: 2 ** 31 - 1 });
    const answer = fetch(other.jwksUrl).catch(() => 'broken');
    await other.log.whenArrived('jwks');

    await other.close();

    expect(await answer).toBe('broken');
    expect(await other.log.whenEnded('jwks')).toMatchObject([{ outcome: 'reset' }]);
  });
});

describe('a connection', () => {
  it.each([
    [{}, 'close'],
    [{ keepAlive: true }, 'keep-alive'],
  ])('with %j is told to %s', async (config, expected) => {
    const other = await startEmulator(config);

    const response = await fetch(other.jwksUrl);

    expect(response.headers.get('connection')).toBe(expected);
    await other.close();
  });
});

describe('set-up', () => {
  it('refuses a pool id that is not of the real form', async () => {
    await expect(startEmulator({ pools: [{ id: 'local_1' }] })).rejects.toThrow('Not a user pool id');
  });

  it('says that a port is busy', async () => {
    await expect(startEmulator({ port: emulator.port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });
});
