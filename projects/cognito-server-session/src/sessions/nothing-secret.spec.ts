import { inspect } from 'node:util';
import { requestWith, ServerApp } from '../../testing-support/server-app';

const REFRESH = 'GetTokensFromRefreshToken';

let app: ServerApp;
afterEach(() => app.close());

describe('what is logged, thrown and serialised', () => {
  it('holds no token, no cookie and no secret, whatever fails', async () => {
    app = await ServerApp.start({
      client: { secret: 'the-client-secret' },
      clientSecret: 'the-client-secret',
    });
    const said: unknown[] = [];
    const hear = async (work: Promise<unknown>) => {
      said.push(await work.catch((error: unknown) => error));
    };
    const tokens = await app.emulator.signIn('alice');
    const { setCookie } = await app.sessions.signIn(tokens);
    const cookie = setCookie.split(';')[0] ?? '';
    const request = () => requestWith(cookie);
    for (const fault of [
      { kind: 'throttle' },
      { kind: 'htmlBody' },
      { kind: 'error', type: 'UserLambdaValidationException', message: `refused ${tokens.AccessToken}` },
      { kind: 'truncatedBody' },
      { kind: 'resetAfterCommit' },
    ] as const) {
      app.expireTokens();
      app.emulator.faults.add(REFRESH, fault);
      await hear(app.sessions.get(request()));
    }
    await hear(
      app.sessions.signIn({ AccessToken: `${tokens.AccessToken}x`, RefreshToken: tokens.RefreshToken }),
    );
    await hear(app.sessions.signIn({ AccessToken: tokens.RefreshToken }));
    app.emulator.faults.add('RevokeToken', { kind: 'throttle' });
    await hear(app.sessions.signOut(request()));

    const everything = inspect([said.filter((each) => each instanceof Error), app.logged], { depth: 12 });

    expect(said.filter((each) => each instanceof Error).length).toBeGreaterThan(4);
    expect(app.logged.length).toBeGreaterThan(3);
    const secrets = [
      ...app.emulator.log
        .calls()
        .flatMap(({ tokensIn, tokensOut }) => Object.values({ ...tokensIn, ...tokensOut })),
      tokens.AccessToken,
      tokens.IdToken,
      tokens.RefreshToken,
      cookie.split('.')[1],
      'the-client-secret',
    ];
    for (const secret of secrets) if (typeof secret === 'string') expect(everything).not.toContain(secret);
  });

  it('of a session shows claims, and no token', async () => {
    app = await ServerApp.start();
    const tokens = await app.emulator.signIn('alice');
    const { session } = await app.sessions.signIn(tokens);

    const shown = `${JSON.stringify(session)} ${inspect(session, { depth: 9, showHidden: true })}`;

    expect(shown).toContain('alice');
    for (const token of [tokens.AccessToken, tokens.IdToken, tokens.RefreshToken])
      expect(shown).not.toContain(token);
  });
});
