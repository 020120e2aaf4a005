import { firstValueFrom } from 'rxjs';
import { emulatedApp, HOUR, REFRESH, REVOKE, SECOND } from '../../../../testing-support/emulated-app';
import {
  freeze,
  liveTokensOf,
  openTabs,
  statusOf,
  TALKS,
  thaw,
  told,
} from '../../../../testing-support/race-tabs';
import { errorOf } from '../../../../testing-support/session-app';
import { emulatedBrowser } from '../../../../testing-support/tabs';
import { turns, until } from '../../../../testing-support/turns';

const app = emulatedApp();
const browser = emulatedBrowser(app);

const OUT_ELSEWHERE = 'signedOut: signedOutElsewhere';

describe.each(['beforeProcessing', 'afterCommit'] as const)('while a refresh is held %s', (point) => {
  it('race 23: a sign-out in another tab ends all of them immediately, and the tokens of the answer are revoked', async () => {
    const [a, b, waiting] = await openTabs(browser, 3);
    const barrier = app.emulator.hold(REFRESH, point);
    a.session.forceRefresh().subscribe({ error: () => {} });
    await barrier.arrived(1);
    const outcome = errorOf(waiting.session.forceRefresh());
    await turns(5);

    const done = firstValueFrom(b.session.signOut());
    await until(() => [a, waiting].every((tab) => statusOf(tab) === OUT_ELSEWHERE));
    await done;
    await barrier.open();

    await until(() => liveTokensOf(app).length === 0);
    await outcome;
    await turns(10);
    expect([a, b, waiting].map(statusOf)).toEqual([OUT_ELSEWHERE, 'signedOut: signedOut', OUT_ELSEWHERE]);
    expect([a, b, waiting].flatMap((tab) => told(tab, 'signedOut'))).toEqual([
      'otherTab',
      'thisTab',
      'otherTab',
    ]);
    expect(await browser.record()).toMatchObject({ sid: null });
    expect(JSON.stringify(await browser.record())).not.toContain('oken');
    expect(browser.locks.names).toEqual([]);
  });
});

describe('a sign-out', () => {
  it('race 24: of the tab that waits for the refresh of another one does not wait, and the other one drops its answer', async () => {
    const [a, b] = await openTabs(browser, 2);
    const barrier = app.emulator.hold(REFRESH);
    a.session.forceRefresh().subscribe({ error: () => {} });
    await barrier.arrived(1);
    const standby = errorOf(b.session.forceRefresh());
    await turns(5);

    b.session.signOut();
    expect(statusOf(b)).toBe('signedOut: signedOut');
    await barrier.open();

    expect(await standby).toMatchObject({ code: 'superseded' });
    await until(() => liveTokensOf(app).length === 0);
    expect(statusOf(a)).toBe(OUT_ELSEWHERE);
    expect(browser.locks.names).toEqual([]);
  });

  it('race 25: is noticed by a frozen tab when it goes on, before anything is handed out', async () => {
    const [, b, frozen] = await openTabs(browser, 3);
    freeze(browser, frozen);
    await firstValueFrom(b.session.signOut());
    expect(statusOf(frozen)).toBe('signedIn');

    thaw(browser, frozen);
    const outcome = errorOf(frozen.session.getAccessToken());

    expect(await outcome).toMatchObject({ code: 'signedOutElsewhere' });
    expect(statusOf(frozen)).toBe(OUT_ELSEWHERE);
    expect(told(frozen, 'signedOut')).toEqual(['otherTab']);
  });

  it.each(['visible', 'pageshow', 'resume'] as const)(
    'race 26: whose message is lost is noticed at the next wake-up: %s',
    async (signal) => {
      const [a, deaf] = await openTabs(browser, 2);
      browser.channels.deafen(deaf.name);
      deaf.sleep.next('hidden');
      await firstValueFrom(a.session.signOut());
      await turns(5);
      expect(statusOf(deaf)).toBe('signedIn');

      deaf.wake.next(signal);
      await until(() => statusOf(deaf) === OUT_ELSEWHERE);

      expect(told(deaf, 'signedOut')).toEqual(['otherTab']);
      expect(app.emulator.log.count(REFRESH)).toBe(0);
    },
  );

  it('race 26: whose message is lost is noticed when the token is due, without a call', async () => {
    const [a, deaf] = await openTabs(browser, 2);
    browser.channels.deafen(deaf.name);
    await firstValueFrom(a.session.signOut());
    browser.sleep(3 * HOUR);

    expect(await errorOf(deaf.session.getAccessToken())).toMatchObject({ code: 'signedOutElsewhere' });

    expect(statusOf(deaf)).toBe(OUT_ELSEWHERE);
    expect(app.emulator.log.count(REFRESH)).toBe(0);
  });

  it('race 28: of two tabs in the same task is one event per tab, and leaves nothing alive', async () => {
    const tabs = await openTabs(browser, 3);
    const [a, b] = tabs;

    await Promise.all([a, b].map(({ session }) => firstValueFrom(session.signOut())));
    await turns(10);

    expect(tabs.map((tab) => told(tab, 'signedOut'))).toEqual([['thisTab'], ['thisTab'], ['otherTab']]);
    expect(liveTokensOf(app)).toEqual([]);
    // A tab does not wait to learn whether another one has revoked the token; Cognito accepts it twice.
    expect(app.emulator.log.count(REVOKE)).toBeLessThanOrEqual(2);
  });

  it('race 28: of a second tab after the message of the first one changes nothing: one revocation, one event per tab', async () => {
    const [a, b] = await openTabs(browser, 2);

    const first = firstValueFrom(a.session.signOut());
    await until(() => statusOf(b) === OUT_ELSEWHERE);
    await Promise.all([first, firstValueFrom(b.session.signOut())]);
    await turns(10);

    expect([a, b].map((tab) => told(tab, 'signedOut'))).toEqual([['thisTab'], ['otherTab']]);
    expect(app.emulator.log.count(REVOKE)).toBe(1);
  });

  it('race 48: is complete although the app of the tab that refreshes is destroyed meanwhile', async () => {
    const [a, b] = await openTabs(browser, 2, () => TALKS);
    const barrier = app.emulator.hold(REFRESH, 'afterCommit');
    a.session.forceRefresh().subscribe({ error: () => {} });
    await barrier.arrived(1);
    a.destroy();

    await firstValueFrom(b.session.signOut());
    await barrier.open();

    await until(() => liveTokensOf(app).length === 0);
    await browser.pass(2 * SECOND);
    expect(await browser.record()).toMatchObject({ sid: null });
    expect(browser.locks.names).toEqual([]);
  });
});
