import { firstValueFrom } from 'rxjs';
import { emulatedApp, HOUR, REFRESH, SECOND } from '../../../../testing-support/emulated-app';
import {
  liveTokensOf,
  openTabs,
  refreshTokenOf,
  statusOf,
  TALKS,
  told,
} from '../../../../testing-support/race-tabs';
import { errorOf } from '../../../../testing-support/session-app';
import { emulatedBrowser, type TabOptions } from '../../../../testing-support/tabs';
import { turns, until } from '../../../../testing-support/turns';
import type { LiveRecord } from '../../core/session-record';
import { NO_LOCKS } from '../../tabs/attempt-locks';
import { channelName } from '../hints';

const app = emulatedApp();
const browser = emulatedBrowser(app);

function say(hint: object, v = 1): void {
  browser.channels.inject(channelName(app.emulator.clientId), { v, ...hint });
}

describe('a message', () => {
  it.each([
    ['of a change that was none', { type: 'changed' }],
    ['of a generation that is not there', { type: 'changed', gen: 99 }],
    ['of a kind that there is not', { type: 'renewed', gen: 2 }],
    [
      'with tokens of another user',
      { type: 'tokens', gen: 3, accessToken: 'mallory', refreshToken: 'mallory' },
    ],
  ])('race 39: %s changes nothing and costs no call', async (_, made) => {
    const tabs = await openTabs(browser, 2);
    await firstValueFrom(tabs[0].session.forceRefresh());
    await until(() => tabs.every((tab) => told(tab, 'tokenRefreshed').length === 1));
    await turns(5);
    const before = tabs.map(({ states, events }) => [states.length, events.length]);
    const { sid } = await browser.record();

    for (let count = 0; count < 20; count++) say({ ...made, sid });
    await turns(20);

    expect(tabs.map(({ states, events }) => [states.length, events.length])).toEqual(before);
    expect(app.emulator.log.count(REFRESH)).toBe(1);
  });
});

describe('an older and a newer version of the library in two tabs', () => {
  /** What a newer version may have made of the record, in the form that this one knows. */
  const EXTENDED = { later: { unknown: 'to this version' } };

  it('race 40: renew once, and a field that only the newer one knows does no harm', async () => {
    const tabs = await openTabs(browser, 2);
    await browser.changeRecord((record) => ({ ...record, ...EXTENDED }));
    browser.sleep(3 * HOUR);

    const tokens = await Promise.all(tabs.map(({ session }) => firstValueFrom(session.getAccessToken())));

    expect(new Set(tokens).size).toBe(1);
    expect(app.emulator.log.count(REFRESH)).toBe(1);
  });

  it('race 40: a record of a form that this one does not know is left alone; the page is signed out until it is reloaded', async () => {
    const [tab] = await openTabs(browser, 1);
    const future = { ...(await browser.record()), v: 2 } as unknown as LiveRecord;
    await browser.changeRecord(() => future);

    expect(await errorOf(tab.session.forceRefresh())).toMatchObject({ code: 'storageUnreadable' });

    expect(statusOf(tab)).toBe('signedOut: storageUnreadable');
    expect(liveTokensOf(app)).toHaveLength(1);
    expect(await browser.record()).toEqual(future);
    expect(app.emulator.log.count(REFRESH)).toBe(0);
  });

  it('race 40: a sign-out is obeyed whatever version says so, all else only in a form that is known', async () => {
    const [tab] = await openTabs(browser, 1);
    const { sid } = await browser.record();

    say({ type: 'changed' }, 2);
    await turns(10);
    expect(statusOf(tab)).toBe('signedIn');
    say({ type: 'signedOut', sid, more: 'of a later version' }, 7);
    await turns(10);

    expect(statusOf(tab)).toBe('signedOut: signedOutElsewhere');
  });
});

describe('two instances on one page', () => {
  it('race 41: share the session and its renewals', async () => {
    const [shell, widget] = await openTabs(browser, 2);
    browser.sleep(3 * HOUR);

    const tokens = await Promise.all(
      [shell, widget].map(({ session }) => firstValueFrom(session.getAccessToken())),
    );

    expect(tokens[0]).toBe(tokens[1]);
    expect(app.emulator.log.count(REFRESH)).toBe(1);
  });

  it('race 41: of two app clients have sessions of their own', async () => {
    const [mine] = await openTabs(browser, 1);
    const other = await browser.restore({ ...TALKS, config: { clientId: 'another' } });

    expect(statusOf(other)).toBe('signedOut: noSession');
    await firstValueFrom(other.session.signOut());
    await turns(10);

    expect(statusOf(mine)).toBe('signedIn');
    expect(liveTokensOf(app)).toHaveLength(1);
  });
});

describe('locks of another script', () => {
  it('race 34: that are never released do not prevent a refresh', async () => {
    const [tab] = await openTabs(browser, 1);
    const namespace = app.emulator.clientId;
    for (const name of [namespace, `${namespace}/record`, `${namespace}/attempt`, 'cognito-session'])
      await firstValueFrom(browser.locks.of('another script').hold(name));

    await firstValueFrom(tab.session.forceRefresh());

    expect(app.emulator.log.count(REFRESH)).toBe(1);
  });
});

describe.each<[string, TabOptions]>([
  ['locks and a channel', TALKS],
  ['no locks', { ...TALKS, locks: NO_LOCKS }],
  ['no channel', {}],
  ['neither locks nor a channel', { locks: NO_LOCKS }],
])('with %s', (_, options) => {
  /** Who is told nothing looks each second. */
  const passUntil = async (isMet: () => boolean) => {
    for (let second = 0; second < 60 && !isMet(); second++) {
      await browser.pass(SECOND);
      await turns(10);
    }
  };

  it('races 1, 46: tabs that want a token at once make one call', async () => {
    const tabs = await openTabs(browser, 4, () => options);

    for (let cycle = 1; cycle <= 3; cycle++) {
      browser.sleep(3 * HOUR);
      const tokens: string[] = [];
      for (const { session } of tabs) session.getAccessToken().subscribe((token) => tokens.push(token));
      // Cognito's answer takes real time, and what follows takes turns of the database: none may pass here meanwhile.
      await until(() => tokens.length > 0);
      await turns(60);
      await passUntil(() => tokens.length === tabs.length);
      expect(tokens).toEqual(Array(tabs.length).fill(tokens[0]));
      expect(app.emulator.log.count(REFRESH)).toBe(cycle);
    }
  });

  it('races 8, 46: a tab that crashes is overtaken within the grace, sooner or later', async () => {
    app.emulator.configure({ graceSeconds: 120 });
    const [a, b] = await openTabs(browser, 2, () => options);
    const barrier = app.emulator.hold(REFRESH, 'afterCommit');
    a.session.forceRefresh().subscribe({ error: () => {} });
    await barrier.arrived(1);
    await turns(5);
    a.crash();
    await barrier.open();

    for (let second = 0; second < 30 && told(b, 'tokenRefreshed').length === 0; second++) {
      b.session.forceRefresh().subscribe({ error: () => {} });
      await browser.pass(SECOND, [b]);
      await turns(10);
    }
    await until(() => told(b, 'tokenRefreshed').length === 1);

    expect(statusOf(b)).toBe('signedIn');
    expect(liveTokensOf(app)).toContain(await refreshTokenOf(b));
    expect(app.emulator.log.count(REFRESH)).toBe(2);
  });

  it('races 23, 46: a sign-out while another tab renews ends the session in all of them', async () => {
    const [a, b] = await openTabs(browser, 2, () => options);
    const barrier = app.emulator.hold(REFRESH, 'afterCommit');
    a.session.forceRefresh().subscribe({ error: () => {} });
    await barrier.arrived(1);

    await firstValueFrom(b.session.signOut());
    await barrier.open();
    await passUntil(() => statusOf(a).startsWith('signedOut') && liveTokensOf(app).length === 0);

    expect(liveTokensOf(app)).toEqual([]);
    expect([told(a, 'signedOut'), told(b, 'signedOut')]).toEqual([['otherTab'], ['thisTab']]);
    expect(await browser.record()).toMatchObject({ sid: null });
  });
});
