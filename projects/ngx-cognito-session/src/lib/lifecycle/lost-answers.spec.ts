import type { Fault } from 'cognito-emulator';
import { firstValueFrom } from 'rxjs';
import { CountingStorage } from '../../../testing-support/counting-storage';
import { emulatedApp, HOUR, MINUTE, REFRESH, SECOND } from '../../../testing-support/emulated-app';
import { replaceProperty } from '../../../testing-support/replaced-global';
import { errorOf, nextEvent, type SessionApp } from '../../../testing-support/session-app';
import { emulatedBrowser } from '../../../testing-support/tabs';
import { turns, until } from '../../../testing-support/turns';
import type { SessionConfig, SessionEvent, StorageAdapter } from '../../public-api';
import { IndexedDbStorage } from '../storage/indexed-db-storage';

const NOT_AUTHORIZED: Fault = { kind: 'error', type: 'NotAuthorizedException' };

/** Cognito has rotated the refresh token, and its answer never arrived. */
describe.each<[string, () => StorageAdapter]>([
  ['in memory', () => new CountingStorage()],
  ['in IndexedDB', () => new IndexedDbStorage()],
])('a lost answer, with the session %s', (_, storage) => {
  const app = emulatedApp();
  const browser = emulatedBrowser(app);

  function signedIn(config: Partial<SessionConfig> = {}) {
    return browser.signIn({ storage: storage(), config });
  }

  function renewInVain({ session }: SessionApp, fault: Fault): Promise<unknown> {
    app.emulator.faults.add(REFRESH, fault);
    return errorOf(session.forceRefresh());
  }

  /** The try that follows on its own, after `retry.delaySeconds`. */
  async function retried<T extends SessionEvent['type']>({ session }: SessionApp, outcome: T) {
    const settled = nextEvent(session, outcome);
    await browser.pass(5 * SECOND);
    return settled;
  }

  it('race 22: is made good within the grace period', async () => {
    app.emulator.configure({ graceSeconds: 30 });
    const tab = await signedIn({ rotationGraceSeconds: 30 });

    expect(await renewInVain(tab, { kind: 'resetAfterCommit' })).toMatchObject({ code: 'networkError' });
    await retried(tab, 'tokenRefreshed');

    const { refreshToken } = (await firstValueFrom(tab.session.getTokens())) ?? {};
    expect(app.emulator.liveRefreshTokens({ username: 'alice' }).map(({ token }) => token)).toContain(
      refreshToken,
    );
    expect(app.emulator.log.count(REFRESH)).toBe(2);
  });

  it.each([
    ['tries once more inside the grace period, however long the back-off', 30, 'tokenRefreshed'],
    ['goes by the back-off when nothing is known of a grace period', undefined, 'sessionExpired'],
  ] as const)('%s', async (_, rotationGraceSeconds, outcome) => {
    app.emulator.configure({ graceSeconds: 30 });
    const tab = await signedIn({
      retry: { delaySeconds: 40 },
      ...(rotationGraceSeconds !== undefined && { rotationGraceSeconds }),
    });
    app.emulator.faults.add(REFRESH, { kind: 'resetAfterCommit' });
    const failed = nextEvent(tab.session, 'error');
    browser.sleep(59.5 * MINUTE);
    tab.wake.next('visible');
    await failed;

    const settled = nextEvent(tab.session, outcome);
    await browser.pass(outcome === 'tokenRefreshed' ? 30 * SECOND : 41 * SECOND);

    await expect(settled).resolves.toBeDefined();
    expect(app.emulator.log.count(REFRESH)).toBe(2);
  });

  it('ends the session with rotationLost without a grace period', async () => {
    const tab = await signedIn();

    await renewInVain(tab, { kind: 'resetAfterCommit' });
    expect(tab.session.isSignedIn()).toBe(true);
    const expired = await retried(tab, 'sessionExpired');

    expect(expired).toEqual({
      type: 'sessionExpired',
      origin: 'thisTab',
      reason: 'rotationLost',
      final: true,
    });
    expect(tab.session.state()).toEqual({ status: 'signedOut', reason: 'rotationLost' });
    // Only the token that never arrived is valid, and no page knows it.
    expect(app.emulator.log.count(REFRESH)).toBe(2);
  });

  it.each<[string, Fault, string]>([
    ['the connection broke after the commit', { kind: 'resetAfterCommit' }, 'rotationLost'],
    ['the connection broke, who knows when', { kind: 'resetBeforeProcessing' }, 'rotationLost'],
    ['half of the answer came', { kind: 'truncatedBody' }, 'rotationLost'],
    ['the connection broke within the answer', { kind: 'truncatedBody', cut: 'broken' }, 'rotationLost'],
    ['Cognito answered 500', { kind: 'error', type: 'InternalErrorException' }, 'refreshTokenExpired'],
    ['Cognito was throttling', { kind: 'throttle' }, 'refreshTokenExpired'],
  ])('explains a later refusal only if it was lost: %s', async (_, fault, reason) => {
    const tab = await signedIn();
    await renewInVain(tab, fault);

    app.emulator.faults.add(REFRESH, NOT_AUTHORIZED);
    await retried(tab, 'sessionExpired');

    expect(tab.session.state()).toEqual({ status: 'signedOut', reason });
  });

  it('explains no refusal of a later generation', async () => {
    app.emulator.configure({ graceSeconds: 30 });
    const tab = await signedIn();
    await renewInVain(tab, { kind: 'resetAfterCommit' });
    await retried(tab, 'tokenRefreshed');

    app.emulator.faults.add(REFRESH, NOT_AUTHORIZED);

    expect(await errorOf(tab.session.forceRefresh())).toMatchObject({ code: 'refreshTokenExpired' });
  });

  it('is not what ends a session past its known end', async () => {
    app.emulator.configure({ refreshTokenSeconds: 24 * 3600 });
    const tab = await signedIn({ refreshTokenValidityDays: 1 });
    const expired = nextEvent(tab.session, 'sessionExpired');

    browser.sleep(25 * HOUR);
    tab.wake.next('visible');
    await browser.pass(SECOND);

    await expect(expired).resolves.toMatchObject({ reason: 'sessionEnded', final: true });
    expect(tab.session.state()).toEqual({ status: 'signedOut', reason: 'sessionEnded' });
  });
});

/** Cognito has carried out the refresh, and an intermediary answers in its place. */
describe.each([
  [403, '<html>Blocked</html>'],
  [429, ''],
  [500, ''],
  [502, '<html>Bad gateway</html>'],
  [503, '{"message":"Service unavailable"}'],
  [504, ''],
  [520, ''],
  [524, ''],
  [200, '<html>Sign in to this network</html>'],
])('an answer of an intermediary: %i %s (E7)', (status, body) => {
  const app = emulatedApp();
  const browser = emulatedBrowser(app);
  let undo = () => {};

  afterEach(() => undo());

  /** Every refresh reaches Cognito, and its answer gets lost. */
  function intercept(): void {
    const { fetch } = globalThis;
    const mend = replaceProperty(globalThis, 'fetch', {
      value: async (...args: Parameters<typeof fetch>) => {
        const answer = await fetch(...args);
        const target = new Headers(args[1]?.headers).get('X-Amz-Target') ?? '';
        return target.endsWith(REFRESH) ? new Response(body, { status }) : answer;
      },
    });
    undo = () => {
      mend();
      undo = () => {};
    };
  }

  async function lost(config: Partial<SessionConfig>) {
    const tab = await browser.signIn({ config });
    intercept();
    expect(await errorOf(tab.session.forceRefresh())).toMatchObject({ code: 'networkError' });
    undo();
    return tab;
  }

  it('costs no try inside the grace period', async () => {
    app.emulator.configure({ graceSeconds: 30 });
    const tab = await lost({ rotationGraceSeconds: 30, retry: { delaySeconds: 40 } });

    const refreshed = nextEvent(tab.session, 'tokenRefreshed');
    await browser.pass(29 * SECOND);

    await expect(refreshed).resolves.toMatchObject({ origin: 'thisTab' });
    expect(app.emulator.log.count(REFRESH)).toBe(2);
  });

  it('is followed by a try as soon as the device is online', async () => {
    app.emulator.configure({ graceSeconds: 30 });
    const tab = await lost({});

    const refreshed = nextEvent(tab.session, 'tokenRefreshed');
    tab.wake.next('online');
    await turns(20);
    await browser.pass(SECOND);

    await expect(refreshed).resolves.toMatchObject({ origin: 'thisTab' });
  });

  it('explains a later refusal', async () => {
    const tab = await lost({});
    app.emulator.faults.add(REFRESH, NOT_AUTHORIZED);

    const expired = nextEvent(tab.session, 'sessionExpired');
    await browser.pass(5 * SECOND);

    await expect(expired).resolves.toMatchObject({ reason: 'rotationLost' });
  });
});

describe('a lost answer, after a reload', () => {
  const app = emulatedApp();
  const browser = emulatedBrowser(app);

  it('still explains the refusal', async () => {
    const before = await browser.signIn();
    app.emulator.faults.add(REFRESH, { kind: 'resetBeforeProcessing' });
    await errorOf(before.session.forceRefresh());
    before.destroy();

    const { session } = await browser.restore();
    app.emulator.faults.add(REFRESH, NOT_AUTHORIZED);
    browser.sleep(3 * HOUR);

    expect(await errorOf(session.getAccessToken())).toMatchObject({ code: 'rotationLost' });
  });

  it('race 11: of a page that died counts, too', async () => {
    const before = await browser.signIn();
    const barrier = app.emulator.hold(REFRESH, 'afterCommit');
    before.session.forceRefresh();
    await barrier.arrived(1);
    before.crash();
    const { session } = await browser.restore();

    const outcome = errorOf(session.forceRefresh());
    await barrier.arrived(2);
    await barrier.release(1);

    expect(await outcome).toMatchObject({ code: 'rotationLost' });
    await until(() => !session.isSignedIn());
  });
});

/** A fetch that the browser aborts because its page is being closed fails like one without a network. */
describe('a lost answer, of a page that has failed and is gone', () => {
  const app = emulatedApp();
  const browser = emulatedBrowser(app);

  async function lost(fault: Fault) {
    app.emulator.configure({ graceSeconds: 30 });
    const first = await browser.signIn({ talks: true });
    const other = await browser.restore({ talks: true });
    app.emulator.faults.add(REFRESH, fault);
    await errorOf(first.session.forceRefresh());
    return { first, other };
  }

  it('is made good by another one after the shared back-off, although the tokens that it holds are not due', async () => {
    const { first, other } = await lost({ kind: 'resetAfterCommit' });
    first.crash();

    const refreshed = nextEvent(other.session, 'tokenRefreshed');
    await browser.pass(4 * SECOND, [other]);
    expect(app.emulator.log.count(REFRESH)).toBe(1);
    await browser.pass(2 * SECOND, [other]);

    await expect(refreshed).resolves.toMatchObject({ origin: 'thisTab' });
    expect(app.emulator.log.count(REFRESH)).toBe(2);
  });

  it('is made good by the next one, although the tokens that it finds are not due', async () => {
    const { first, other } = await lost({ kind: 'resetAfterCommit' });
    first.crash();
    other.crash();

    const next = await browser.restore();
    const refreshed = nextEvent(next.session, 'tokenRefreshed');
    await browser.pass(6 * SECOND, [next]);

    await expect(refreshed).resolves.toMatchObject({ origin: 'thisTab' });
    expect(app.emulator.log.count(REFRESH)).toBe(2);
  });

  it('is no reason to refresh if Cognito has answered: nothing was lost', async () => {
    const { first, other } = await lost({ kind: 'throttle' });
    first.crash();

    await browser.pass(30 * SECOND, [other]);

    expect(app.emulator.log.count(REFRESH)).toBe(1);
    expect(other.events.filter(({ type }) => type === 'error')).toEqual([]);
  });
});
