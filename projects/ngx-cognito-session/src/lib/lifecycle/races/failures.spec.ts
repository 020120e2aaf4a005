import { firstValueFrom } from 'rxjs';
import type { Fault } from 'cognito-emulator';
import { emulatedApp, HOUR, MINUTE, REFRESH, SECOND } from '../../../../testing-support/emulated-app';
import { openTabs, refreshTokenOf, statusOf, TALKS, told } from '../../../../testing-support/race-tabs';
import { errorOf } from '../../../../testing-support/session-app';
import { emulatedBrowser, type BrowserTab } from '../../../../testing-support/tabs';
import { turns, until } from '../../../../testing-support/turns';

const app = emulatedApp();
const browser = emulatedBrowser(app);

const OFFLINE: Fault = { kind: 'resetBeforeProcessing', times: 1000 };

function calls(): number {
  return app.emulator.log.count(REFRESH);
}

/** Time passes in steps, so that calls over the real wire come to their end in between. */
async function passSlowly(ms: number, tabs?: readonly BrowserTab[]): Promise<void> {
  for (let left = ms; left > 0; left -= SECOND) {
    await browser.pass(SECOND, tabs);
    await turns(10);
  }
}

/** All of them are due and Cognito does not answer. */
async function offline(count: number): Promise<readonly BrowserTab[]> {
  const tabs = await openTabs(browser, count);
  app.emulator.faults.add(REFRESH, OFFLINE);
  browser.sleep(3 * HOUR);
  for (const { wake } of tabs) wake.next('visible');
  await browser.pass(1);
  await until(() => tabs.every((tab) => told(tab, 'error').length > 0));
  return tabs;
}

describe('tabs that wake up while the network is still away', () => {
  it('race 19: fail once together, keep the session, and renew once when it is back', async () => {
    const tabs = await offline(3);
    expect(calls()).toBe(1);
    for (const { session } of tabs) {
      expect(session.isSignedIn()).toBe(true);
      expect(await errorOf(session.getAccessToken())).toMatchObject({
        code: 'networkError',
        retryable: true,
      });
    }

    app.emulator.faults.clear();
    for (const { wake } of tabs) wake.next('online');
    await turns(10);
    await browser.pass(SECOND);
    await until(() => tabs.every((tab) => told(tab, 'tokenRefreshed').length === 1));

    expect(calls()).toBe(2);
  });
});

describe.each([2, 5])('%i tabs without a network', (count) => {
  it('race 20: try at most once per step of the back-off together, and once when it is back', async () => {
    const tabs = await offline(count);

    for (const { session } of tabs) session.forceRefresh().subscribe({ error: () => {} });
    await passSlowly(2 * MINUTE);
    const perStep = calls();
    // 5 s, then 1, 2, 4 … 60 s, each a quarter more or less: as many as one tab alone would make.
    expect(perStep).toBeGreaterThan(5);
    expect(perStep).toBeLessThanOrEqual(10);
    expect((await browser.record()).backoff).toMatchObject({ code: 'networkError', count: perStep });
    expect(tabs.every(({ session }) => session.isSignedIn())).toBe(true);

    app.emulator.faults.clear();
    for (const { wake } of tabs) wake.next('online');
    await passSlowly(2 * SECOND);
    await until(() => tabs.every((tab) => statusOf(tab) === 'signedIn'));
    expect(calls()).toBe(perStep + 1);
  });
});

describe.each<[string, Fault, string]>([
  ['HTTP 500', { kind: 'error', type: 'InternalErrorException', status: 500, times: 3 }, 'serviceError'],
  ['throttling', { kind: 'throttle', times: 3 }, 'throttled'],
])('%s', (_, fault, code) => {
  it('race 21: met by one tab counts for all tabs: one call per step, and no user is signed out', async () => {
    const tabs = await openTabs(browser, 4);
    app.emulator.faults.add(REFRESH, fault);
    browser.sleep(3 * HOUR);

    const errors = await Promise.all(tabs.map(({ session }) => errorOf(session.getAccessToken())));

    expect(errors).toEqual(Array(tabs.length).fill(expect.objectContaining({ code })));
    expect(calls()).toBe(1);
    await passSlowly(4 * SECOND);
    expect(calls()).toBe(1);
    expect(tabs.map((tab) => told(tab, 'error').length)).toEqual([1, 1, 1, 1]);

    await passSlowly(20 * SECOND);
    await until(() => tabs.every((tab) => statusOf(tab) === 'signedIn'));
    expect(calls()).toBe(4);
    expect((await browser.record()).gen).toBe(2);
  });
});

describe('a refusal', () => {
  it('race 31: of a token that another tab has renewed meanwhile is none: its tokens are taken over', async () => {
    const [a, b] = await openTabs(browser, 2);
    browser.channels.deafen(a.name);
    const barrier = app.emulator.hold(REFRESH);
    const renewal = firstValueFrom(a.session.forceRefresh());
    await barrier.arrived(1);
    for (let second = 0; second < 25; second++) {
      b.session.forceRefresh().subscribe({ error: () => {} });
      await passSlowly(SECOND, [b]);
    }
    await barrier.arrived(2);
    await barrier.release(1);
    await until(() => told(b, 'tokenRefreshed').length === 1);

    await barrier.open();
    await renewal;

    expect(app.emulator.log.calls(REFRESH).map(({ status }) => status)).toEqual([400, 200]);
    expect(told(a, 'tokenRefreshed')).toEqual(['otherTab']);
    expect([told(a, 'sessionExpired'), told(b, 'sessionExpired')]).toEqual([[], []]);
    expect(await refreshTokenOf(a)).toBe(await refreshTokenOf(b));
  });

  it('race 31: that is true is found once, and shared with its reason by nine others', async () => {
    const tabs = await openTabs(browser, 10, () => TALKS);
    app.emulator.faults.add(REFRESH, { kind: 'error', type: 'UserNotFoundException', times: 100 });
    browser.sleep(3 * HOUR);

    const errors = await Promise.all(tabs.map(({ session }) => errorOf(session.getAccessToken())));
    await turns(10);

    expect(calls()).toBe(1);
    expect(errors).toEqual(Array(tabs.length).fill(expect.objectContaining({ code: 'userNotFound' })));
    expect(tabs.map(statusOf)).toEqual(tabs.map(() => 'signedOut: userNotFound'));
    expect(tabs.map((tab) => told(tab, 'sessionExpired').length)).toEqual(tabs.map(() => 1));
  });
});
