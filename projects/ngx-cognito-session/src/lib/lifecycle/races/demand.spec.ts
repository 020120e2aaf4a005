import { firstValueFrom } from 'rxjs';
import { emulatedApp, HOUR, MINUTE, REFRESH, SECOND } from '../../../../testing-support/emulated-app';
import {
  openTabs,
  refreshTokenOf,
  refreshTokensSent,
  TALKS,
  told,
} from '../../../../testing-support/race-tabs';
import { emulatedBrowser, type BrowserTab } from '../../../../testing-support/tabs';
import { turns, until } from '../../../../testing-support/turns';

const app = emulatedApp();
const browser = emulatedBrowser(app);

function tokens(tabs: readonly BrowserTab[]): Promise<readonly string[]> {
  return Promise.all(tabs.map(({ session }) => firstValueFrom(session.getAccessToken())));
}

function generationsIn(tabs: readonly BrowserTab[]): readonly number[] {
  return tabs.map((tab) => told(tab, 'tokenRefreshed').length + 1);
}

describe.each([2, 6, 20])('%i tabs', (count) => {
  it('race 1: that want a token at the same time make one call, again and again', async () => {
    const tabs = await openTabs(browser, count);

    for (let cycle = 1; cycle <= 3; cycle++) {
      browser.sleep(3 * HOUR);
      expect(new Set(await tokens(tabs)).size).toBe(1);
      expect(app.emulator.log.count(REFRESH)).toBe(cycle);
      expect(generationsIn(tabs)).toEqual(tabs.map(() => cycle + 1));
    }
    expect(new Set(refreshTokensSent(app)).size).toBe(3);
    expect((await browser.record()).gen).toBe(4);
  });

  it('race 3: whose timers are all overdue after the sleep make one call', async () => {
    const tabs = await openTabs(browser, count);
    browser.sleep(3 * HOUR);

    for (const { wake } of tabs) wake.next('visible');
    await browser.pass(1);
    await until(() => generationsIn(tabs).every((gen) => gen === 2));
    await turns(10);

    expect(app.emulator.log.count(REFRESH)).toBe(1);
    expect(
      tabs.flatMap((tab) => told(tab, 'tokenRefreshed')).filter((who) => who === 'thisTab'),
    ).toHaveLength(1);
  });

  it('race 4: that are all hidden make one call when one of them needs a token, and no other one when it is due', async () => {
    const tabs = await openTabs(browser, count);
    for (const { sleep } of tabs) sleep.next('hidden');
    browser.sleep(58 * MINUTE);

    await firstValueFrom(tabs[0].session.forceRefresh());
    await browser.pass(3 * MINUTE);

    expect(app.emulator.log.count(REFRESH)).toBe(1);
    const [first = '', ...others] = await tokens(tabs);
    expect(others).toEqual(others.map(() => first));
    expect(app.emulator.log.count(REFRESH)).toBe(1);
    expect(app.emulator.accessTokenStatus(first).isValid).toBe(true);
  });
});

describe('a refresh that is requested after a 401', () => {
  it('race 35: adopts what another tab has refreshed already, however often it is requested', async () => {
    const [a, b] = await openTabs(browser, 2);
    browser.channels.deafen(b.name);
    await firstValueFrom(a.session.forceRefresh());
    expect(told(b, 'tokenRefreshed')).toEqual([]);

    await Promise.all(Array.from({ length: 20 }, () => firstValueFrom(b.session.forceRefresh())));

    expect(app.emulator.log.count(REFRESH)).toBe(1);
    expect(told(b, 'tokenRefreshed')).toEqual(['otherTab']);
    expect(await refreshTokenOf(b)).toBe(await refreshTokenOf(a));
  });

  it('race 35: adopts what another tab is refreshing, however often it is requested', async () => {
    const [a, b] = await openTabs(browser, 2, (index) => (index === 0 ? TALKS : {}));
    const barrier = app.emulator.hold(REFRESH);
    const renewal = firstValueFrom(a.session.forceRefresh());
    await barrier.arrived(1);
    const twenty = Array.from({ length: 20 }, () => firstValueFrom(b.session.forceRefresh()));
    await browser.pass(3 * SECOND, [b]);

    await barrier.open();
    await Promise.all([renewal, ...twenty]);

    expect(app.emulator.log.count(REFRESH)).toBe(1);
    expect(told(b, 'tokenRefreshed')).toEqual(['otherTab']);
  });
});
