import { mortalInstance } from '../../testing-support/mortal-instance';
import { cookieIn, MASTER_KEY, requestWith, ServerApp } from '../../testing-support/server-app';

let app: ServerApp;
afterEach(() => app.close());

const moments = (count: number) =>
  Array.from({ length: count }, (_, at) => at + 1).flatMap((wait) => [
    [wait, 'before'] as const,
    [wait, 'after'] as const,
  ]);

describe('an instance that is killed while it refreshes', () => {
  // Read, claim, call, commit.
  it.each(moments(4))('at wait %i, %s it, costs neither the session nor a token', async (wait, when) => {
    app = await ServerApp.start({ settings: { graceSeconds: 30 }, rotationGraceSeconds: 30 });
    const cookie = await app.signIn();
    app.expireTokens();
    const mortal = mortalInstance(app.store, wait, when);
    // Its own request stops waiting, too.
    app
      .instance(mortal.options)
      .get(requestWith(cookie))
      .catch(() => undefined);
    await mortal.died;
    app.time.advance(10_000);

    const session = await app.sessions.get(requestWith(cookie));

    expect(app.emulator.accessTokenStatus((await session?.accessToken()) ?? '').isValid).toBe(true);
    expect(app.refreshCount()).toBeLessThanOrEqual(2);
    await app.sessions.signOut(requestWith(cookie));
    expect(app.emulator.liveRefreshTokens()).toEqual([]);
  });
});

describe('an instance that is killed while it signs out', () => {
  // Read, delete, revoke.
  it.each(moments(3))(
    'at wait %i, %s it, leaves a session that another sign-out ends',
    async (wait, when) => {
      app = await ServerApp.start();
      const cookie = await app.signIn();
      const mortal = mortalInstance(app.store, wait, when);
      app
        .instance(mortal.options)
        .signOut(requestWith(cookie))
        .catch(() => undefined);
      await mortal.died;

      await app.sessions.signOut(requestWith(cookie));

      expect(await app.sessions.get(requestWith(cookie))).toBeNull();
    },
  );
});

describe('an instance that is killed while it signs a user in', () => {
  // Create; read, delete and revoke the session of the cookie.
  it.each(moments(4))(
    'at wait %i, %s it, leaves no session that a cookie opens beside the next one',
    async (wait, when) => {
      app = await ServerApp.start({ masterKey: MASTER_KEY });
      const cookie = await app.signIn();
      const mortal = mortalInstance(app.store, wait, when);
      app
        .instance(mortal.options)
        .signIn(await app.emulator.signIn('alice'), requestWith(cookie))
        .catch(() => undefined);
      await mortal.died;

      const { session, setCookie } = await app.sessions.signIn(
        await app.emulator.signIn('alice'),
        requestWith(cookie),
      );

      expect(await app.sessions.get(requestWith(cookie))).toBeNull();
      expect(await app.sessions.get(requestWith(cookieIn(setCookie)))).not.toBeNull();
      // The row of the killed sign-in is in the list of devices until its deadline.
      await app.sessions.signOutEverywhere(session.user.sub);
      expect(await app.store.list(session.user.sub)).toEqual([]);
    },
  );
});
