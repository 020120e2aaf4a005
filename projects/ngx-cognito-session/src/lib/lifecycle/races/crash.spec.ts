import { emulatedApp, HOUR, MINUTE, REFRESH, SECOND } from '../../../../testing-support/emulated-app';
import {
  liveTokensOf,
  openTabs,
  refreshTokenOf,
  refreshTokensSent,
  statusOf,
  TALKS,
  told,
} from '../../../../testing-support/race-tabs';
import { errorOf } from '../../../../testing-support/session-app';
import { emulatedBrowser, type BrowserTab } from '../../../../testing-support/tabs';
import { turns, until } from '../../../../testing-support/turns';

const app = emulatedApp();
const browser = emulatedBrowser(app);

/** A tab whose call Cognito has carried out, and which dies before the answer arrives. */
async function crashAfterRotation(tab: BrowserTab): Promise<() => Promise<void>> {
  const barrier = app.emulator.hold(REFRESH, 'afterCommit');
  tab.session.forceRefresh().subscribe({ error: () => {} });
  await barrier.arrived(1);
  await turns(5);
  tab.crash();
  return () => barrier.open();
}

/** Longer than the longest back-off, so that each tab that can try again has done so. */
async function rest(tabs: readonly BrowserTab[]): Promise<void> {
  for (let second = 0; second < 90; second++) {
    await browser.pass(SECOND, tabs);
    await turns(3);
  }
}

describe('a tab that crashes after Cognito has rotated its token', () => {
  it('race 8: is overtaken immediately within the grace period, and no user is signed out', async () => {
    app.emulator.configure({ graceSeconds: 30 });
    const [a, b, c] = await openTabs(browser, 3);
    const answer = await crashAfterRotation(a);

    await answer();
    await until(() => [b, c].every((tab) => told(tab, 'tokenRefreshed').length === 1));

    expect(app.emulator.log.count(REFRESH)).toBe(2);
    expect(new Set(refreshTokensSent(app)).size).toBe(1);
    expect(await refreshTokenOf(b)).toBe(await refreshTokenOf(c));
    expect(liveTokensOf(app)).toContain(await refreshTokenOf(c));
  });

  it('race 9: without a grace period ends the session once in each tab with its reason, and no tab calls again', async () => {
    const [a, b, c] = await openTabs(browser, 3);
    const answer = await crashAfterRotation(a);

    await answer();
    await until(() => [b, c].every((tab) => statusOf(tab) === 'signedOut: rotationLost'));
    await rest([b, c]);

    expect([b, c].map((tab) => told(tab, 'sessionExpired').length)).toEqual([1, 1]);
    expect(app.emulator.log.count(REFRESH)).toBe(2);
  });
});

describe('the only tab, which crashes while it refreshes', () => {
  it.each([
    ['shortly', 5 * SECOND],
    ['at the end of the grace', 28 * SECOND],
  ])('race 11: is recovered by a new tab %s after', async (_, laterMs) => {
    app.emulator.configure({ graceSeconds: 30 });
    const answer = await crashAfterRotation(await browser.signIn(TALKS));
    await answer();
    browser.sleep(laterMs);

    const next = await browser.restore(TALKS);
    await until(() => told(next, 'tokenRefreshed').length === 1);

    expect(statusOf(next)).toBe('signedIn');
    expect(app.emulator.log.calls(REFRESH).map(({ status }) => status)).toEqual([200, 200]);
    expect(liveTokensOf(app)).toContain(await refreshTokenOf(next));
  });

  it.each([
    ['after the grace', 30, MINUTE],
    ['without grace', 0, SECOND],
  ])('race 11: is reported as rotationLost by a new tab %s', async (_, graceSeconds, laterMs) => {
    app.emulator.configure({ graceSeconds });
    const answer = await crashAfterRotation(await browser.signIn(TALKS));
    await answer();
    browser.sleep(laterMs);

    const next = await browser.restore(TALKS);
    expect(await errorOf(next.session.forceRefresh())).toMatchObject({ code: 'rotationLost' });

    expect(statusOf(next)).toBe('signedOut: rotationLost');
    expect(told(next, 'sessionExpired')).toEqual(['rotationLost thisTab']);
  });
});

describe('a tab that is stuck while it refreshes', () => {
  it('race 33: is overtaken by one tab, however many tabs have waited', async () => {
    const [a, ...waiting] = await openTabs(browser, 5);
    const barrier = app.emulator.hold(REFRESH);
    browser.sleep(3 * HOUR);
    a.session.forceRefresh().subscribe({ error: () => {} });
    await barrier.arrived(1);
    await turns(10);

    for (let second = 0; second < 30; second++) {
      for (const { session } of waiting) session.forceRefresh().subscribe({ error: () => {} });
      await browser.pass(SECOND, waiting);
      await turns(3);
    }
    await barrier.arrived(2);
    await turns(20);

    expect(barrier.arrivals).toBe(2);
    expect((await browser.record()).attempts).toHaveLength(2);
    await barrier.open();
  });
});
