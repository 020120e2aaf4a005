import { firstValueFrom } from 'rxjs';
import type { Fault } from 'cognito-emulator';
import { emulatedApp, MINUTE, REFRESH } from '../../../../testing-support/emulated-app';
import { liveTokensOf, openTabs, refreshTokenOf, told } from '../../../../testing-support/race-tabs';
import { emulatedBrowser, type BrowserTab } from '../../../../testing-support/tabs';
import { turns, until } from '../../../../testing-support/turns';

const app = emulatedApp();
const browser = emulatedBrowser(app);

/** A renews; while its call is held, this user signs in at B. */
async function switchedDuringRenewal(username: string): Promise<{
  readonly tabs: readonly [BrowserTab, BrowserTab, BrowserTab];
  readonly answer: () => Promise<void>;
}> {
  const [a, b, c] = await openTabs(browser, 3);
  const barrier = app.emulator.hold(REFRESH);
  a.session.forceRefresh().subscribe({ error: () => {} });
  await barrier.arrived(1);
  await firstValueFrom(b.session.setTokens(await app.emulator.signIn(username)));
  return { tabs: [a, b, c], answer: () => barrier.open() };
}

describe('another user who signs in while a renewal is on its way', () => {
  it.each<[string, Fault | null]>([
    ['succeeds', null],
    ['is refused', { kind: 'error', type: 'NotAuthorizedException' }],
    ['fails for now', { kind: 'error', type: 'InternalErrorException', status: 500 }],
    ['loses its answer', { kind: 'resetAfterCommit' }],
  ])('race 29: keeps his session in all tabs when it %s', async (_, fault) => {
    const { tabs, answer } = await switchedDuringRenewal('bob');
    if (fault !== null) app.emulator.faults.add(REFRESH, fault);

    await answer();
    await until(() => tabs.every(({ session }) => session.user()?.username === 'bob'));
    await browser.pass(MINUTE);

    const [live, ...more] = liveTokensOf(app, 'bob');
    expect(more).toEqual([]);
    for (const tab of tabs) expect(await refreshTokenOf(tab)).toBe(live);
    expect(tabs.map(({ session }) => session.state().status)).toEqual(['signedIn', 'signedIn', 'signedIn']);
    expect(await browser.record()).toMatchObject({ gen: 1, attempts: [] });
    expect(await browser.record()).not.toHaveProperty('backoff');
    expect(await browser.record()).not.toHaveProperty('refused');
    expect(tabs.map((tab) => told(tab, 'sessionReplaced'))).toEqual([
      ['otherTab'],
      ['thisTab'],
      ['otherTab'],
    ]);
    expect(liveTokensOf(app)).toEqual([]);
    expect(app.emulator.log.count(REFRESH)).toBe(1);
  });
});

describe('the same user who signs in again while a renewal is on its way', () => {
  it('race 30: goes on with the new session in all tabs', async () => {
    const { tabs, answer } = await switchedDuringRenewal('alice');

    await answer();
    await until(() => tabs.every((tab) => told(tab, 'signedIn').length > 0));
    await turns(20);

    await until(() => liveTokensOf(app).length === 1);
    const [live] = liveTokensOf(app);
    for (const tab of tabs) expect(await refreshTokenOf(tab)).toBe(live);
    expect(await browser.record()).toMatchObject({ gen: 1, attempts: [] });
    expect(tabs.map((tab) => told(tab, 'tokenRefreshed'))).toEqual([[], [], []]);
  });
});
