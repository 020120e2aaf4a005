import { firstValueFrom } from 'rxjs';
import { emulatedApp, HOUR, MINUTE, REFRESH, REVOKE, SECOND } from '../../../testing-support/emulated-app';
import { errorOf, nextEvent, nextStatus } from '../../../testing-support/session-app';
import { passUntil } from '../../../testing-support/pass-until';
import { emulatedBrowser, type BrowserTab } from '../../../testing-support/tabs';
import { turns, until } from '../../../testing-support/turns';
import { NO_LOCKS, type AttemptLocks } from '../tabs/attempt-locks';

/** Cognito refuses the refresh token while another tab, asleep, holds the answer that brought the next one. */
describe('a refused refresh token', () => {
  const app = emulatedApp();
  const browser = emulatedBrowser(app);

  interface Scene {
    readonly a: BrowserTab;
    readonly b: BrowserTab;
    /** A's good answer arrives at last. */
    readonly answerA: () => Promise<void>;
  }

  /** A's call has rotated the token, its answer is on the way; B has taken over and been refused. */
  async function refused(locks?: AttemptLocks): Promise<Scene> {
    const options = locks && { locks };
    const a = await browser.signIn(options);
    const b = await browser.restore(options);
    const barrier = app.emulator.hold(REFRESH, 'afterCommit');
    browser.sleep(59.5 * MINUTE);
    a.wake.next('visible');
    await barrier.arrived(1);
    b.wake.next('visible');
    await turns(10);
    await browser.pass(18 * SECOND, [b]);
    const refusal = nextEvent(b.session, 'error');
    await browser.pass(6 * SECOND, [b]);
    await barrier.arrived(2);
    await barrier.release(1);
    await expect(refusal).resolves.toMatchObject({
      error: {
        code: 'rotationPending',
        message: expect.stringContaining('A suspended tab') as string,
      },
    });
    return { a, b, answerA: () => barrier.open() };
  }

  it('signs no user out while the owner of the other attempt may live, and still serves the living token', async () => {
    const { b } = await refused();

    expect(b.session.state()).toMatchObject({ status: 'signedIn' });
    const token = await firstValueFrom(b.session.getAccessToken());
    expect(app.emulator.accessTokenStatus(token).isValid).toBe(true);
    expect(await browser.record()).toMatchObject({ gen: 1, refused: 'rotationLost' });
  });

  it('makes the session stale once the token is dead, and calls fail fast', async () => {
    const { b } = await refused();
    const stale = nextStatus(b.session, 'stale');

    await browser.pass(MINUTE, [b]);

    await expect(stale).resolves.toMatchObject({ error: { code: 'rotationPending' } });
    expect(await errorOf(b.session.getAccessToken())).toMatchObject({ code: 'rotationPending' });
    expect(b.session.isSignedIn()).toBe(true);
    expect(app.emulator.log.count(REFRESH)).toBe(2);
  });

  it('race 15: heals when the owner commits', async () => {
    const { a, b, answerA } = await refused();
    await browser.pass(MINUTE, [b]);
    const renewed = nextEvent(a.session, 'tokenRefreshed');
    const healed = nextEvent(b.session, 'tokenRefreshed');

    await answerA();
    await renewed;
    await browser.pass(2 * MINUTE, [b]);

    await expect(healed).resolves.toMatchObject({ origin: 'otherTab' });
    expect(b.session.state()).toMatchObject({ status: 'signedIn', refreshing: false });
    expect(await browser.record()).not.toHaveProperty('refused');
    expect(await browser.record()).toMatchObject({ gen: 2, attempts: [] });
    const token = await firstValueFrom(b.session.getAccessToken());
    expect(app.emulator.accessTokenStatus(token).isValid).toBe(true);
  });

  it('heals in the moment in which the owner releases its lock', async () => {
    const { b, answerA } = await refused();
    await browser.pass(3 * MINUTE, [b]);
    expect(b.session.state().status).toBe('stale');

    await answerA();
    await until(() => b.session.state().status === 'signedIn');

    expect(b.events.at(-1)).toMatchObject({ type: 'tokenRefreshed', origin: 'otherTab' });
    expect(app.emulator.log.count(REFRESH)).toBe(2);
  });

  it('ends the session in the moment in which the owner dies', async () => {
    const { a, b } = await refused();
    await browser.pass(3 * MINUTE, [b]);

    a.crash();
    await until(() => b.session.state().status === 'signedOut');

    expect(b.session.state()).toEqual({ status: 'signedOut', reason: 'rotationLost' });
  });

  it('waits for an owner that sleeps for hours with its lock', async () => {
    const { a, b, answerA } = await refused();
    browser.sleep(HOUR);
    await browser.pass(5 * MINUTE, [b]);
    expect(b.session.state().status).toBe('stale');

    // Its tokens have expired by now, and its refresh token has not.
    await answerA();
    await until(() => a.events.some(({ type }) => type === 'error'));
    await passUntil(browser, () => a.session.state().status === 'signedIn');
    await passUntil(browser, () => b.session.state().status === 'signedIn', 120);

    expect((await browser.record()).gen).toBe(2);
    expect(app.emulator.log.count(REVOKE)).toBe(0);
  });

  it('race 16: ends the session as soon as the owner is dead', async () => {
    const { a, b } = await refused();
    a.crash();

    await browser.pass(10 * SECOND, [b]);

    expect(b.events.at(-1)).toMatchObject({ type: 'sessionExpired', reason: 'rotationLost', final: true });
    expect(b.session.state()).toEqual({ status: 'signedOut', reason: 'rotationLost' });
    expect(await browser.record()).toMatchObject({ sid: null });
  });

  it('ends the session after a minute of watching where there are no locks', async () => {
    const { b } = await refused(NO_LOCKS);
    const ended = nextStatus(b.session, 'signedOut');

    await browser.pass(20 * SECOND, [b]);
    expect(b.session.isSignedIn()).toBe(true);
    await browser.pass(2 * MINUTE, [b]);

    await expect(ended).resolves.toMatchObject({ reason: 'rotationLost' });
  });

  it('also ends the session in a tab that only reads the record', async () => {
    const { a, b } = await refused();
    const c = await browser.restore();
    a.crash();
    const ended = [b, c].map(({ session }) => nextStatus(session, 'signedOut'));

    await browser.pass(3 * MINUTE, [b, c]);
    c.session.forceRefresh().subscribe({ error: () => {} });

    expect(await Promise.all(ended)).toContainEqual(expect.objectContaining({ reason: 'rotationLost' }));
    expect(app.emulator.log.count(REFRESH)).toBe(2);
  });
});
