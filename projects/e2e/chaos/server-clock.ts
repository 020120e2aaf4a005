import type { AdjustableClock } from 'cognito-emulator';

/** The clock of the emulator. It ticks and goes forward only, so that each of its times can be traced to a real one. */
export class ServerClock implements AdjustableClock {
  private offsetMs = 0;
  /** The newest first. */
  private offsets: readonly { readonly from: number; readonly offsetMs: number }[] = [];

  now(): number {
    return Date.now() + this.offsetMs;
  }

  advance(ms: number): void {
    if (ms < 0) throw new Error('This clock goes forward only.');
    this.offsetMs += ms;
    this.offsets = [{ from: Date.now(), offsetMs: this.offsetMs }, ...this.offsets];
  }

  set(epochMs: number): void {
    this.advance(epochMs - this.now());
  }

  /** When it was this time. */
  realTimeOf(serverAt: number): number {
    const found = this.offsets.find(({ from, offsetMs }) => serverAt >= from + offsetMs);
    return serverAt - (found?.offsetMs ?? 0);
  }

  /** What it showed at a real time. */
  serverTimeAt(at: number): number {
    return at + (this.offsets.find(({ from }) => from <= at)?.offsetMs ?? 0);
  }
}
