import { firstValueFrom } from 'rxjs';
import { emulatedApp, HOUR, MINUTE, REFRESH, SECOND } from '../../../../testing-support/emulated-app';
import { openTabs, refreshTokenOf, statusOf, TALKS, told } from '../../../../testing-support/race-tabs';
import { emulatedBrowser } from '../../../../testing-support/tabs';
import { turns, until } from '../../../../testing-support/turns';

const app = emulatedApp();
const browser = emulatedBrowser(app);
const DAY = 24 * HOUR;

describe('a device clock that is set', () => {
  it.each([
    ['an hour back leads to no call', -HOUR, 0],
    ['a day back leads to no call', -DAY, 0],
    ['an hour ahead leads to one call at most', HOUR, 1],
    ['a day ahead leads to one call at most', DAY, 1],
  ])('race 42: %s, whatever the number of tabs', async (_, byMs, most) => {
    const tabs = await openTabs(browser, 3);

    for (const { time, wake } of tabs) {
      time.setWall(byMs);
      wake.next('visible');
    }
    await turns(20);
    await browser.pass(5 * MINUTE);

    expect(app.emulator.log.count(REFRESH)).toBeLessThanOrEqual(most);
    expect(tabs.map(statusOf)).toEqual(['signedIn', 'signedIn', 'signedIn']);
    for (const { session } of tabs) {
      const token = await firstValueFrom(session.getAccessToken());
      expect(app.emulator.accessTokenStatus(token).isValid).toBe(true);
    }
  });
});

describe('a session that ends in ten years', () => {
  it('race 43: is not announced immediately by a timer that overflows', async () => {
    app.emulator.configure({ refreshTokenSeconds: 3650 * 24 * 3600 });
    const tabs = await openTabs(browser, 2, () => ({ ...TALKS, config: { refreshTokenValidityDays: 3650 } }));

    await browser.pass(MINUTE);

    expect(tabs.map((tab) => told(tab, 'sessionEnding'))).toEqual([[], []]);
    expect(tabs.map(statusOf)).toEqual(['signedIn', 'signedIn']);
  });
});

describe('an answer that arrives while its tab is frozen', () => {
  it('race 18: is accepted when the tab goes on, however much later', async () => {
    const [a, b] = await openTabs(browser, 2);
    const barrier = app.emulator.hold(REFRESH);
    a.session.forceRefresh().subscribe({ error: () => {} });
    await barrier.arrived(1);
    a.sleep.next('freeze');

    a.time.sleep(30 * SECOND);
    app.time.advance(30 * SECOND);
    await browser.pass(SECOND, [a]);
    await barrier.open();
    await turns(10);
    expect((await browser.record()).gen).toBe(1);

    a.wake.next('resume');
    await until(() => told(a, 'tokenRefreshed').length === 1);

    expect(told(a, 'tokenRefreshed')).toEqual(['thisTab']);
    await until(() => told(b, 'tokenRefreshed').length === 1);
    expect(await refreshTokenOf(b)).toBe(await refreshTokenOf(a));
    expect(app.emulator.log.count(REFRESH)).toBe(1);
  });
});

describe('a tab whose event handler calls the library', () => {
  it('race 49: of a getter gets the new token, in the tab that refreshed and in the others', async () => {
    const tabs = await openTabs(browser, 3);
    const got: string[] = [];
    for (const { session } of tabs)
      session.events$.subscribe(({ type }) => {
        if (type === 'tokenRefreshed')
          session.getAccessToken().subscribe((token) => {
            got.push(token);
          });
      });

    await firstValueFrom(tabs[0].session.forceRefresh());
    await until(() => got.length === 3);

    expect(new Set(got).size).toBe(1);
    expect(app.emulator.log.count(REFRESH)).toBe(1);
  });

  it('race 49: of signOut ends the session in all tabs, once', async () => {
    const tabs = await openTabs(browser, 3);
    const [, second] = tabs;
    second.session.events$.subscribe(({ type }) => {
      if (type === 'tokenRefreshed') second.session.signOut();
    });

    await firstValueFrom(tabs[0].session.forceRefresh());
    await until(() => tabs.every((tab) => statusOf(tab).startsWith('signedOut')));
    await until(() => app.emulator.liveRefreshTokens({ username: 'alice' }).length === 0);

    expect(tabs.map((tab) => told(tab, 'signedOut'))).toEqual([['otherTab'], ['thisTab'], ['otherTab']]);
  });
});

describe('an app that is destroyed', () => {
  it('race 48: while it waits for another tab leaves nothing behind, and that one goes on', async () => {
    const [a, b] = await openTabs(browser, 2);
    const barrier = app.emulator.hold(REFRESH);
    const renewal = firstValueFrom(a.session.forceRefresh());
    await barrier.arrived(1);
    b.session.forceRefresh().subscribe({ error: () => {} });
    await turns(10);

    b.destroy();
    await barrier.open();
    await renewal;
    await until(() => b.time.armedTimers === 0 && browser.locks.names.length === 0);

    expect(browser.channels.open).toBe(1);
    expect(app.emulator.log.count(REFRESH)).toBe(1);
  });

  it('race 48: while it calls still stores the answer for the others', async () => {
    const [a, b] = await openTabs(browser, 2);
    const barrier = app.emulator.hold(REFRESH, 'afterCommit');
    a.session.forceRefresh().subscribe({ error: () => {} });
    await barrier.arrived(1);

    a.destroy();
    await barrier.open();
    await firstValueFrom(b.session.forceRefresh());

    expect(told(b, 'tokenRefreshed')).toEqual(['otherTab']);
    expect(app.emulator.log.count(REFRESH)).toBe(1);
    await until(() => browser.locks.names.length === 0);
  });
});
