import { firstValueFrom } from 'rxjs';
import { emulatedApp, HOUR, REFRESH } from '../../../testing-support/emulated-app';
import { heldSession } from '../../../testing-support/held-sessions';
import { ManualTime } from '../../../testing-support/manual-time';
import { emulatedBrowser } from '../../../testing-support/tabs';
import { until } from '../../../testing-support/turns';
import type { ActiveSession } from '../core/active-session';
import { anchorAt, serverClock } from '../core/session-time';
import { readClock } from '../platform/session-clock';
import { momentOf } from './live-tokens';

/** A session whose two clocks have been read `count` times. */
function watched(time: ManualTime) {
  const store = { changes: 0 };
  const readings = { count: 0 };
  const active: ActiveSession = {
    ...heldSession(),
    serverNowMs: serverClock(anchorAt(0, readClock(time)), () => {
      readings.count++;
      return readClock(time);
    }),
  };
  return { store, active, readings, startMs: time.now() };
}

describe('the time at which a caller is answered', () => {
  it('is read from both clocks once a second', () => {
    const time = new ManualTime();
    const { active, readings, startMs, store } = watched(time);
    const { serverMs } = momentOf(time, store);
    const passed = [0, 400, 599, 1, 999].map((ms) => {
      time.advance(ms);
      return serverMs(active) - startMs;
    });

    expect(passed).toEqual([0, 400, 999, 1000, 1999]);
    expect(readings.count).toBe(2);
  });

  it.each([1, 500, HOUR])('follows the monotonic clock when the device clock is set back by %d ms', (ms) => {
    const time = new ManualTime();
    const { active, startMs, store } = watched(time);
    const { serverMs } = momentOf(time, store);
    serverMs(active);
    time.advance(900);
    serverMs(active);

    time.setWall(-ms);

    expect(serverMs(active) - startMs).toBe(900);
  });

  it('keeps what a sleep has shown when the device clock is set back afterwards', () => {
    const time = new ManualTime();
    const { active, startMs, store } = watched(time);
    const { serverMs } = momentOf(time, store);
    serverMs(active);
    time.sleep(2 * HOUR);
    serverMs(active);

    time.setWall(-2 * HOUR);

    expect(serverMs(active) - startMs).toBe(2 * HOUR);
  });

  it('is read from both clocks after the state has changed', () => {
    const time = new ManualTime();
    const { active, startMs, readings, store } = watched(time);
    const { serverMs } = momentOf(time, store);
    serverMs(active);
    time.advance(HOUR);
    time.setWall(-HOUR);
    store.changes++;

    expect(serverMs(active) - startMs).toBe(HOUR);
    expect(readings.count).toBe(2);
  });
});

describe('a caller whose device clock was set back by the time that has passed', () => {
  const app = emulatedApp();
  const browser = emulatedBrowser(app);

  it('gets no token that has expired since', async () => {
    const tab = await browser.signIn({ config: { retry: { count: 0 } } });
    await firstValueFrom(tab.session.getAccessToken());
    const askedMs = tab.time.now();
    app.emulator.faults.add(REFRESH, { kind: 'status', status: 503, times: 100 });
    await browser.pass(HOUR);
    await until(() => tab.session.state().status === 'stale');

    tab.time.setWall(askedMs - tab.time.now());

    await expect(firstValueFrom(tab.session.getAccessToken())).rejects.toMatchObject({ retryable: true });
  });
});
