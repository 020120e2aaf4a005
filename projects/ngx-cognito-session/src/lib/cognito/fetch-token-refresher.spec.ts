import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inspect } from 'node:util';
import { TestBed } from '@angular/core/testing';
import { ManualClock, startEmulator, type Emulator } from 'cognito-emulator';
import { firstValueFrom, type Observable } from 'rxjs';
import { errorOf } from '../../../testing-support/session-app';
import { RESOLVED_CONFIG, resolveConfig } from '../config/resolved-config';
import type { SessionConfig } from '../config/session-config';
import { FetchTokenRefresher } from './fetch-token-refresher';

const GET_TOKENS = 'GetTokensFromRefreshToken';

/** Starts the call now, whether or not a caller waits for it. */
function start<T>(call: Observable<T>): Promise<T> {
  return firstValueFrom(call);
}

function refresherFor(config: SessionConfig): FetchTokenRefresher {
  TestBed.resetTestingModule();
  TestBed.configureTestingModule({
    providers: [FetchTokenRefresher, { provide: RESOLVED_CONFIG, useValue: resolveConfig(config) }],
  });
  return TestBed.inject(FetchTokenRefresher);
}

describe('the built-in transport', () => {
  let emulator: Emulator;
  let refreshToken: string;

  beforeAll(async () => {
    emulator = await startEmulator({ clock: new ManualClock() });
  });

  afterAll(() => emulator.close());

  beforeEach(async () => {
    emulator.faults.clear();
    emulator.log.clear();
    emulator.configure({ rotation: false, graceSeconds: 0 });
    refreshToken = await signIn();
  });

  async function signIn(): Promise<string> {
    return (await emulator.signIn('alice')).RefreshToken;
  }

  function refresher(more: Partial<SessionConfig> = {}): FetchTokenRefresher {
    const { region, clientId, url } = emulator;
    return refresherFor({ region, clientId, endpoint: url, ...more });
  }

  function expectNoToken(error: unknown): void {
    const shown = inspect(error, { depth: 9, showHidden: true }) + JSON.stringify(error) + String(error);

    expect(shown).not.toContain(refreshToken);
    expect(shown).not.toContain('AccessToken');
  }

  it.each([GET_TOKENS, 'InitiateAuth'] as const)('renews by one call of %s', async (refreshOperation) => {
    const tokens = await start(
      refresher({ refreshOperation }).refresh({ refreshToken, clientMetadata: { tenant: 'blue' } }),
    );

    expect(tokens.refreshToken).toBeUndefined();
    expect(emulator.accessTokenStatus(tokens.accessToken).isValid).toBe(true);
    expect(tokens.idToken).toMatch(/^eyJ/);
    expect(emulator.log.calls()).toMatchObject([
      {
        operation: refreshOperation,
        clientId: emulator.clientId,
        clientMetadata: { tenant: 'blue' },
        tokensIn: { refresh: refreshToken },
        status: 200,
      },
    ]);
  });

  it('gives the new refresh token of a rotation', async () => {
    emulator.configure({ rotation: true });

    const tokens = await start(refresher().refresh({ refreshToken }));

    expect(tokens.refreshToken).toMatch(/./);
    expect(tokens.refreshToken).not.toBe(refreshToken);
  });

  it('learns that a rotated token was used again', async () => {
    emulator.configure({ rotation: true });
    await start(refresher().refresh({ refreshToken }));

    const error = await errorOf(refresher().refresh({ refreshToken }));

    expect(error).toMatchObject({ code: 'rotationLost', serviceError: 'RefreshTokenReuseException' });
    expectNoToken(error);
  });

  it('calls once for each subscription and not before', async () => {
    const call = refresher().refresh({ refreshToken });
    expect(emulator.log.count()).toBe(0);

    await start(call);
    await start(call);

    expect(emulator.log.count(GET_TOKENS)).toBe(2);
  });

  it('revokes a refresh token', async () => {
    await start(refresher().revoke(refreshToken));

    expect(emulator.log.calls()).toMatchObject([{ operation: 'RevokeToken', status: 200 }]);
    const error = await errorOf(refresher().refresh({ refreshToken }));
    expect(error).toMatchObject({ code: 'refreshTokenExpired', serviceError: 'NotAuthorizedException' });
    expectNoToken(error);
  });

  it('signs out everywhere', async () => {
    const { AccessToken } = await emulator.signIn('alice');

    await start(refresher().globalSignOut(AccessToken));

    expect(emulator.log.last('GlobalSignOut')).toMatchObject({ status: 200 });
    expect(emulator.liveRefreshTokens({ username: 'alice' })).toEqual([]);
  });

  it('tells of a revocation that was refused', async () => {
    emulator.faults.add('RevokeToken', { kind: 'throttle' });

    const error = await errorOf(refresher().revoke(refreshToken));

    expect(error).toMatchObject({ code: 'throttled' });
    expectNoToken(error);
  });

  it('takes an unknown client for a mistake in the configuration', async () => {
    const error = await errorOf(refresher({ clientId: 'unknown' }).refresh({ refreshToken }));

    expect(error).toMatchObject({ code: 'invalidConfiguration', retryable: false });
    expectNoToken(error);
  });

  it('takes a closed port for a network error', async () => {
    const gone = await startEmulator({ clock: new ManualClock() });
    await gone.close();

    const error = await errorOf(refresher({ endpoint: gone.url }).refresh({ refreshToken }));

    expect(error).toMatchObject({ code: 'networkError', retryable: true });
    expectNoToken(error);
  });

  it('lets a request go on that no caller waits for any more: it may have rotated the token', async () => {
    const barrier = emulator.hold(GET_TOKENS);
    const waiting = refresher().refresh({ refreshToken }).subscribe();
    await barrier.arrived(1);

    waiting.unsubscribe();
    await barrier.open();
    await emulator.log.whenEnded(GET_TOKENS, 1);

    expect(emulator.log.last(GET_TOKENS)).toMatchObject({ outcome: 'answered', isProcessed: true });
  });

  it('gives a request up when it is told to', async () => {
    const abort = new AbortController();
    const barrier = emulator.hold(GET_TOKENS);
    const error = errorOf(refresher().refresh({ refreshToken, signal: abort.signal }));
    await barrier.arrived(1);

    abort.abort();

    expect(await error).toMatchObject({ code: 'networkError' });
    await barrier.open();
    expectNoToken(await error);
  });
});

describe('what the built-in transport puts on the wire', () => {
  interface Seen {
    readonly method: string | undefined;
    readonly url: string | undefined;
    readonly headers: Readonly<Record<string, unknown>>;
    readonly body: unknown;
  }

  let server: Server;
  let seen: Seen[];
  let answer: { status: number; headers: Record<string, string>; body: string };

  beforeEach(async () => {
    seen = [];
    answer = { status: 200, headers: {}, body: '{"AuthenticationResult":{"AccessToken":"A"}}' };
    server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const { method, url, headers } = request;
        const text = Buffer.concat(chunks).toString();
        seen.push({ method, url, headers, body: text === '' ? null : (JSON.parse(text) as unknown) });
        response.writeHead(answer.status, answer.headers).end(answer.body);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });

  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  function refresher(): FetchTokenRefresher {
    const { port } = server.address() as AddressInfo;
    return refresherFor({
      region: 'eu-west-1',
      clientId: 'client123',
      endpoint: `http://127.0.0.1:${port}/p`,
    });
  }

  it('is the protocol of the service, unsigned', async () => {
    await start(
      refresher().refresh({ refreshToken: 'R', deviceKey: 'D', clientMetadata: { tenant: 'blue' } }),
    );

    expect(seen).toEqual([
      {
        method: 'POST',
        url: '/p',
        headers: expect.objectContaining({
          'content-type': 'application/x-amz-json-1.1',
          'x-amz-target': `AWSCognitoIdentityProviderService.${GET_TOKENS}`,
        }),
        body: {
          RefreshToken: 'R',
          ClientId: 'client123',
          DeviceKey: 'D',
          ClientMetadata: { tenant: 'blue' },
        },
      },
    ]);
    expect(Object.keys(seen[0]?.headers ?? {})).not.toEqual(expect.arrayContaining(['authorization']));
    expect(Object.keys(seen[0]?.headers ?? {})).not.toEqual(expect.arrayContaining(['cookie']));
  });

  it('is the refresh token alone for a revocation', async () => {
    answer = { ...answer, body: '{}' };

    await start(refresher().revoke('R'));

    expect(seen).toMatchObject([
      {
        headers: { 'x-amz-target': 'AWSCognitoIdentityProviderService.RevokeToken' },
        body: { Token: 'R', ClientId: 'client123' },
      },
    ]);
  });

  it.each([301, 302, 303, 307, 308])('never follows a redirect of status %i', async (status) => {
    answer = { status, headers: { location: '/elsewhere' }, body: '' };

    const error = await errorOf(refresher().refresh({ refreshToken: 'R' }));

    expect(error).toMatchObject({ code: 'networkError' });
    expect(seen.map(({ url }) => url)).toEqual(['/p']);
  });

  it('reads the exception from the header if the body has none', async () => {
    answer = { status: 400, headers: { 'x-amzn-ErrorType': 'UserNotFoundException:' }, body: '' };

    expect(await errorOf(refresher().refresh({ refreshToken: 'R' }))).toMatchObject({ code: 'userNotFound' });
  });
});
