import { heldSession } from '../../../testing-support/held-sessions';
import { HOUR, SECOND } from '../../../testing-support/emulated-app';
import { ManualTime } from '../../../testing-support/manual-time';
import type { ActiveSession } from '../core/active-session';
import { anchorAt, serverClock } from '../core/session-time';
import { readClock } from '../platform/session-clock';
import { momentOf } from './live-tokens';

/** A session whose two clocks have been read `count` times. */
function watched(time: ManualTime) {
  const readings = { count: 0 };
  const beginning = (): ActiveSession => ({
    ...heldSession(),
    serverNowMs: serverClock(anchorAt(0, readClock(time)), () => {
      readings.count++;
      return readClock(time);
    }),
  });
  return { active: beginning(), readings, beginning, startMs: time.now() };
}

describe('the time at which a caller is answered', () => {
  it('is read from both clocks once a second', () => {
    const time = new ManualTime();
    const { active, readings, startMs } = watched(time);
    const { serverMs } = momentOf(time);
    const passed = [0, 400, 599, 1, 999].map((ms) => {
      time.advance(ms);
      return serverMs(active) - startMs;
    });

    expect(passed).toEqual([0, 400, 999, 1000, 1999]);
    expect(readings.count).toBe(2);
  });

  it.each([1, 500, HOUR])('follows the monotonic clock when the device clock is set back by %d ms', (ms) => {
    const time = new ManualTime();
    const { active, startMs } = watched(time);
    const { serverMs } = momentOf(time);
    serverMs(active);
    time.advance(900);
    serverMs(active);

    time.setWall(-ms);

    expect(serverMs(active) - startMs).toBe(900);
  });

  it('keeps what a sleep has shown when the device clock is set back afterwards', () => {
    const time = new ManualTime();
    const { active, startMs } = watched(time);
    const { serverMs } = momentOf(time);
    serverMs(active);
    time.sleep(2 * HOUR);
    serverMs(active);

    time.setWall(-2 * HOUR);

    expect(serverMs(active) - startMs).toBe(2 * HOUR);
  });

  it('is that of the session that is asked about', () => {
    const time = new ManualTime();
    const { active, beginning, readings } = watched(time);
    const { serverMs } = momentOf(time);
    serverMs(active);
    time.advance(SECOND / 2);

    expect(serverMs(beginning())).toBe(time.now());
    expect(readings.count).toBe(2);
  });
});
