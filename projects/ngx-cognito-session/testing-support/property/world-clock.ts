import type { SessionClock } from '../../src/lib/platform/session-clock';
import { START_MS } from '../held-sessions';
import { ManualTime } from '../manual-time';

/** The server's clock, which is never set, beside those of a device that may sleep and whose wall clock may be set. */
export class WorldClock {
  readonly device: ManualTime;
  private sleptMs = 0;
  /** What happened to the clocks, from the start on. */
  private readonly history: Reading[];

  constructor(deviceOffsetMs: number) {
    this.device = new ManualTime(START_MS + deviceOffsetMs);
    this.history = [this.read(false)];
  }

  serverMs(): number {
    return START_MS + this.device.monotonic() + this.sleptMs;
  }

  /** The device sleeps: its monotonic clock and its timers stand still. The page must be told that it woke up. */
  sleep(ms: number): void {
    this.sleptMs += ms;
    this.device.sleep(ms);
    this.history.push(this.read(true));
  }

  setDeviceClock(byMs: number): void {
    this.device.setWall(byMs);
    this.history.push(this.read(false));
  }

  /** Server minus device, seconds: what a correct `clockDrift` says now. */
  get driftSeconds(): number {
    return (this.serverMs() - this.device.now()) / 1000;
  }

  /** A moment to measure from. */
  mark(): number {
    return this.history.length - 1;
  }

  /** By how much the device's wall clock has been behind where it was at `mark`, at most. */
  setBackSince(mark: number): number {
    const [from, ...later] = this.history.slice(mark);
    return later.reduce((most, { offset }) => Math.max(most, (from?.offset ?? 0) - offset), 0);
  }

  /**
   * How far behind the server's time a page must be that knew it at `mark` and has read the clocks at each wake-up since:
   * a sleep shows in the wall clock only as far as that has not been set back in the same stretch.
   */
  unknowableSince(mark: number): number {
    const [from, ...later] = this.history.slice(mark);
    if (from === undefined) return 0;
    const lag = ({ offset, sleptMs }: Reading) => Math.max(0, from.offset - offset) + this.sleptMs - sleptMs;
    const noticed = [...later.filter(({ isNoticed }) => isNoticed), this.read(true)];
    return Math.min(this.sleptMs - from.sleptMs, ...noticed.map(lag));
  }

  /** The same for a page that reads the clocks at `mark` and now, and not in between. */
  doubtSince(mark: number): number {
    const from = this.history[mark];
    if (from === undefined) return 0;
    return Math.min(this.sleptMs - from.sleptMs, Math.max(0, from.offset - this.read(true).offset));
  }

  private read(isNoticed: boolean): Reading {
    return { offset: this.device.now() - this.serverMs(), sleptMs: this.sleptMs, isNoticed };
  }

  /** The clocks as one page sees them: the monotonic one starts with the page. */
  forPage(): SessionClock {
    const { device } = this;
    const startedMs = device.monotonic();
    return { now: () => device.now(), monotonic: () => device.monotonic() - startedMs };
  }
}

interface Reading {
  /** Device minus server, ms. */
  readonly offset: number;
  readonly sleptMs: number;
  /** Whether pages look at the clocks at this moment. */
  readonly isNoticed: boolean;
}
