import { CLIENT_ID, requestWith, ServerApp, type ServerAppOptions } from '../../testing-support/server-app';

const REFRESH = 'GetTokensFromRefreshToken';
const BOTH = ['old-secret', 'new-secret'] as const;

let app: ServerApp;
let cookie: string;

async function start(options: ServerAppOptions) {
  app = await ServerApp.start(options);
  cookie = await app.signIn();
  app.expireTokens();
}

afterEach(() => app.close());

const get = () => app.sessions.get(requestWith(cookie));

describe('a confidential client', () => {
  it('sends its secret when it refreshes and when it revokes', async () => {
    await start({ client: { secret: 'hush' }, clientSecret: 'hush' });

    expect(await get()).not.toBeNull();
    await app.sessions.signOut(requestWith(cookie));

    expect(app.emulator.liveRefreshTokens()).toEqual([]);
  });

  it('sends SECRET_HASH with InitiateAuth', async () => {
    await start({
      client: { secret: 'hush' },
      clientSecret: 'hush',
      refreshOperation: 'InitiateAuth',
      settings: { rotation: false },
    });

    expect(await get()).not.toBeNull();
    expect(app.emulator.log.count('InitiateAuth')).toBe(1);
  });

  it('with a wrong secret keeps its sessions, and the log says so', async () => {
    await start({ client: { secret: 'hush' }, clientSecret: 'wrong' });

    await expect(get()).rejects.toMatchObject({ status: 503, reason: 'invalidConfiguration' });

    expect(app.logged).toContainEqual(
      expect.objectContaining({ level: 'error', message: 'The app client does not fit the options.' }),
    );
    app.time.advance(2000);
    app.sessions = app.instance({ clientSecret: 'hush' });
    expect(await get()).not.toBeNull();
  });
});

/** The texts with which Cognito refuses a client secret, all of them with the exception of an expired refresh token. */
const REFUSALS = [
  `Unable to verify secret hash for client ${CLIENT_ID}`,
  `SecretHash does not match for the client: ${CLIENT_ID}`,
  `Client ${CLIENT_ID} is configured with secret but SECRET_HASH was not received`,
  'Invalid client secret.',
];

describe('two client secrets, while they are rotated', () => {
  it.each(REFUSALS)('are both tried after “%s”', async (message) => {
    await start({ client: { secret: BOTH }, clientSecret: BOTH });
    app.emulator.faults.add(REFRESH, { kind: 'error', type: 'NotAuthorizedException', message });

    expect(await get()).not.toBeNull();
    expect(app.refreshCount()).toBe(2);
  });

  it('are tried in their order, the second one only if Cognito does not know the first', async () => {
    await start({ client: { secret: 'new-secret' }, clientSecret: BOTH });

    expect(await get()).not.toBeNull();
    expect(app.refreshCount()).toBe(2);
    await app.sessions.signOut(requestWith(cookie));
    expect(app.emulator.liveRefreshTokens()).toEqual([]);
  });

  it('cost one call if Cognito knows the first', async () => {
    await start({ client: { secret: BOTH }, clientSecret: BOTH });

    expect(await get()).not.toBeNull();
    expect(app.refreshCount()).toBe(1);
  });

  it.each([
    ['throttling', { kind: 'throttle' } as const],
    ['a lost answer', { kind: 'resetAfterCommit' } as const],
    ['an error of Cognito', { kind: 'error', type: 'InternalErrorException', status: 500 } as const],
  ])('are not both tried after %s', async (_, fault) => {
    await start({ client: { secret: BOTH }, clientSecret: BOTH });
    app.emulator.faults.add(REFRESH, fault);

    await expect(get()).rejects.toMatchObject({ status: 503 });
    expect(app.refreshCount()).toBe(1);
  });

  it('are not both tried for a refresh token that Cognito refuses', async () => {
    await start({ client: { secret: BOTH }, clientSecret: BOTH });
    app.emulator.changeUser('alice', { enabled: false });

    expect(await get()).toBeNull();
    expect(app.refreshCount()).toBe(1);
  });
});
