import { PLATFORM_ID, REQUEST_CONTEXT, TransferState } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { firstValueFrom } from 'rxjs';
import { servedSession, type ServedSession } from '../../../testing-support/fake-session-server';
import { serverSessionScene } from '../../../testing-support/server-session-scene';
import { errorOf, nextStatus, type SessionApp } from '../../../testing-support/session-app';
import { turns, until } from '../../../testing-support/turns';

const DAY = 86_400_000;
const KEY = 'cognito-session:server:/auth';
const scene = serverSessionScene();

const served = (more: Parameters<typeof servedSession>[1] = {}) => servedSession(scene.time.now(), more);

/** An app on a server, for a request with this context. */
function render(context: unknown): SessionApp {
  return scene.load({
    providers: [
      { provide: PLATFORM_ID, useValue: 'server' },
      { provide: REQUEST_CONTEXT, useValue: context },
    ],
  });
}

const transferred = (): Record<string, unknown> =>
  JSON.parse(TestBed.inject(TransferState).toJson()) as never;

/** The page that the browser gets of it. */
function browse(session: ServedSession | null): SessionApp {
  const state = new TransferState();
  state.set(KEY as never, session);
  return scene.load({ providers: [{ provide: TransferState, useValue: state }] });
}

describe('a server', () => {
  it('knows the session of the request in the first task, asks nothing and arms no timer', () => {
    const session = served();
    const page = render({ session });

    expect(page.session.state()).toMatchObject({
      status: 'signedIn',
      session: { user: { username: 'alice' } },
      refreshing: false,
    });
    expect(scene.server.calls).toEqual([]);
    expect(scene.time.armedTimers).toBe(0);
  });

  it('knows that no user is signed in', () => {
    expect(render({ session: null }).session.state()).toEqual({ status: 'signedOut', reason: 'noSession' });
    expect(transferred()).toEqual({ [KEY]: null });
  });

  it.each([null, undefined, {}, 'session'])('leaves it to the browser without a context: %j', (context) => {
    expect(render(context).session.state()).toEqual({ status: 'restoring' });
    expect(transferred()).toEqual({});
  });

  it('reports a context that is no session, and leaves it to the browser', () => {
    const page = render({ session: { accessToken: 'eyJhbGciOi' } });

    expect(page.session.state()).toEqual({ status: 'restoring' });
    expect(page.logged.map(({ text }) => text).join()).toContain('toClientSession');
    expect(transferred()).toEqual({});
  });

  it('sends claims and times to the browser, and nothing else', () => {
    const session = served();
    render({ session: { ...session, accessToken: 'eyJsecret', refreshToken: 'secret', user: {} } });

    expect(transferred()).toEqual({ [KEY]: session });
    expect(TestBed.inject(TransferState).toJson()).not.toContain('secret');
  });

  it('has one session for each request', () => {
    const alice = render({ session: served() });
    expect(alice.session.user()?.username).toBe('alice');

    expect(render({ session: served({ sub: 'bob-id' }) }).session.user()?.username).toBe('bob');
  });

  it('refreshes and ends nothing', async () => {
    const page = render({ session: served() });

    await expect(firstValueFrom(page.session.forceRefresh())).resolves.toMatchObject({
      user: { username: 'alice' },
    });
    await expect(errorOf(page.session.getAccessToken())).resolves.toMatchObject({ code: 'tokensOnServer' });
    await firstValueFrom(page.session.signOut());

    expect(scene.server.calls).toEqual([]);
  });
});

describe('the page that a server has rendered', () => {
  it('shows the session in its first task, and says so once the server has confirmed it', async () => {
    const session = served();
    scene.server.session = session;
    localStorage.setItem(KEY, 'origin-1');
    const page = browse(session);
    expect(page.session.isSignedIn()).toBe(true);
    expect(page.events).toEqual([]);

    await until(() => page.events.length > 0);

    expect(page.events).toMatchObject([{ type: 'sessionRestored', origin: 'thisTab' }]);
    expect(page.states).toHaveLength(1);
  });

  it('says that the user has signed in when no page has seen the session before', async () => {
    const session = served();
    scene.server.session = session;
    const page = browse(session);

    await until(() => page.events.length > 0);

    expect(page.events).toMatchObject([{ type: 'signedIn', origin: 'thisTab' }]);
    expect(page.states).toHaveLength(1);
  });

  it('shows in its first task that no user is signed in', () => {
    expect(browse(null).session.state()).toEqual({ status: 'signedOut', reason: 'noSession' });
  });

  it('of another user, which a cache has kept, is corrected without an event about that user', async () => {
    scene.server.session = served({ sub: 'bob-id', origin: 'origin-2' });
    const page = browse(served());

    await until(() => page.events.length > 0);

    expect(page.session.user()?.username).toBe('bob');
    expect(JSON.stringify(page.events)).not.toContain('alice');
  });

  it('of a session that has ended, which a cache has kept, is corrected', async () => {
    const page = browse(served());

    await nextStatus(page.session, 'signedOut');

    expect(page.session.state()).toEqual({ status: 'signedOut', reason: 'noSession' });
    expect(page.events).toEqual([]);
  });

  it('keeps what it shows while the server cannot be asked', async () => {
    scene.server.isOffline = true;
    const page = browse(served());

    await until(() => page.events.length > 0);
    await turns();

    expect(page.session.isSignedIn()).toBe(true);
    expect(page.events.map(({ type }) => type)).toEqual(['error']);
  });

  it('keeps a session that is over by the clock of the device alone, which no answer has corrected', async () => {
    scene.server.isOffline = true;
    const page = browse(servedSession(scene.time.now() - 2 * DAY, { lifetimeMs: DAY }));
    await turns(10);

    scene.time.advance(1);
    await turns(10);

    expect(page.session.isSignedIn()).toBe(true);
  });

  it('does not show a session that the user has ended and the server still has', async () => {
    const session = served();
    scene.server.session = session;
    localStorage.setItem(KEY, 'ended origin-1');
    const page = browse(session);
    expect(page.session.state()).toEqual({ status: 'signedOut', reason: 'signedOut' });

    await until(() => scene.server.session === null);
    await turns();

    expect(page.session.isSignedIn()).toBe(false);
    expect(page.events).toEqual([]);
  });
});
