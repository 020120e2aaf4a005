import { emulatedApp, HOUR, REFRESH, SECOND } from '../../../testing-support/emulated-app';
import { errorOf, nextEvent, nextStatus } from '../../../testing-support/session-app';
import { emulatedBrowser, type BrowserTab } from '../../../testing-support/tabs';
import { turns, until } from '../../../testing-support/turns';

describe('the back-off after a failure', () => {
  const app = emulatedApp();
  const browser = emulatedBrowser(app);

  function errorsOf({ events }: BrowserTab) {
    return events.filter((event) => event.type === 'error');
  }

  /** A has failed; both tokens are due. */
  async function failed(): Promise<[BrowserTab, BrowserTab]> {
    const a = await browser.signIn();
    const b = await browser.restore();
    app.emulator.faults.add(REFRESH, { kind: 'resetBeforeProcessing' });
    const failure = nextEvent(a.session, 'error');
    browser.sleep(3 * HOUR);
    a.wake.next('visible');
    await failure;
    return [a, b];
  }

  it('race 21: is shared: another tab makes no call before it is over, and says whose failure it was, once', async () => {
    const [, b] = await failed();

    const errors = await Promise.all([
      errorOf(b.session.getAccessToken()),
      errorOf(b.session.forceRefresh()),
    ]);
    expect(await errorOf(b.session.forceRefresh())).toBe(errors[0]);
    await browser.pass(4 * SECOND, [b]);

    expect(errors[0]).toMatchObject({ code: 'networkError', retryable: true });
    expect(app.emulator.log.count(REFRESH)).toBe(1);
    expect(errorsOf(b)).toEqual([{ type: 'error', origin: 'otherTab', error: errors[0] }]);
  });

  it('ends for all tabs at the same moment: one of them calls, the other takes over', async () => {
    const [a, b] = await failed();
    await errorOf(b.session.getAccessToken());
    const renewed = [a, b].map(({ session }) => nextEvent(session, 'tokenRefreshed'));

    await browser.pass(5 * SECOND);
    const origins = (await Promise.all(renewed)).map(({ origin }) => origin);

    expect(origins).toEqual(expect.arrayContaining(['thisTab', 'otherTab']));
    expect(app.emulator.log.count(REFRESH)).toBe(2);
    expect(await browser.record()).not.toHaveProperty('backoff');
  });

  it.each([0, 1, 2, 3, 4])(
    'is not shown any more once the next try is on its way, though the network comes back %i turns after it began',
    async (count) => {
      const tab = await browser.signIn();
      app.emulator.faults.add(REFRESH, { kind: 'resetBeforeProcessing' });
      await errorOf(tab.session.forceRefresh());
      browser.sleep(10 * SECOND);
      const barrier = app.emulator.hold(REFRESH);
      tab.session.forceRefresh();
      await turns(count);

      tab.wake.next('online');
      await barrier.arrived(1);
      await turns(10);

      expect(tab.session.state()).toMatchObject({ status: 'signedIn', refreshing: true });
      await barrier.open();
    },
  );

  it('grows over the failures of all tabs together', async () => {
    const [, b] = await failed();
    await errorOf(b.session.getAccessToken());
    app.emulator.faults.add(REFRESH, { kind: 'throttle' });

    const again = nextEvent(b.session, 'error');
    await browser.pass(5 * SECOND, [b]);
    await again;

    expect((await browser.record()).backoff).toMatchObject({ code: 'throttled', count: 2 });
    expect(b.session.state()).toMatchObject({ status: 'stale' });
  });

  it('is cut short by the tab that hears of the network; the other takes over at its time', async () => {
    const [a, b] = await failed();
    await errorOf(b.session.getAccessToken());
    const renewed = [a, b].map(({ session }) => nextEvent(session, 'tokenRefreshed'));

    a.wake.next('online');
    await turns(5);
    await browser.pass(SECOND, [a]);
    await renewed[0];
    await browser.pass(5 * SECOND, [b]);

    expect((await Promise.all(renewed)).map(({ origin }) => origin)).toEqual(['thisTab', 'otherTab']);
    expect(app.emulator.log.count(REFRESH)).toBe(2);
  });

  it('race 20: is cut short once when the network is back in both tabs', async () => {
    const [a, b] = await failed();
    await errorOf(b.session.getAccessToken());
    const renewed = [a, b].map(({ session }) => nextEvent(session, 'tokenRefreshed'));

    for (const { wake } of [a, b]) wake.next('online');
    await turns(5);
    await browser.pass(SECOND);
    await Promise.all(renewed);

    expect(app.emulator.log.count(REFRESH)).toBe(2);
  });

  it('is cut short when the network is back after a call without an answer', async () => {
    app.emulator.configure({ graceSeconds: 60 });
    const a = await browser.signIn();
    const barrier = app.emulator.hold(REFRESH);
    a.session.forceRefresh();
    await barrier.arrived(1);
    await browser.pass(30 * SECOND, [a]);
    await until(() => errorsOf(a).length === 2);
    await barrier.open();
    const renewed = nextEvent(a.session, 'tokenRefreshed');

    a.wake.next('online');
    await turns(5);
    await browser.pass(SECOND, [a]);

    await expect(renewed).resolves.toMatchObject({ origin: 'thisTab' });
  });

  it('is not cut short after another failure than that of the network', async () => {
    const a = await browser.signIn();
    app.emulator.faults.add(REFRESH, { kind: 'throttle' });
    await errorOf(a.session.forceRefresh());

    a.wake.next('online');
    await turns(5);
    await browser.pass(4 * SECOND);

    expect(await errorOf(a.session.forceRefresh())).toMatchObject({ code: 'throttled' });
    expect(app.emulator.log.count(REFRESH)).toBe(1);
  });

  it('outlives a reload', async () => {
    const [a] = await failed();
    a.destroy();

    const next = browser.open();
    const told = nextEvent(next.session, 'error');
    await turns(10);
    await browser.pass(SECOND, [next]);
    await expect(told).resolves.toMatchObject({
      origin: 'otherTab',
      error: { code: 'networkError' },
    });
    expect(app.emulator.log.count(REFRESH)).toBe(1);

    const restored = nextStatus(next.session, 'signedIn');
    await browser.pass(5 * SECOND, [next]);
    await restored;
    expect(app.emulator.log.count(REFRESH)).toBe(2);
  });
});
