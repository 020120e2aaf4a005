/** Where the emulator reads the time: epoch milliseconds. */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
}

/** A clock that a test, or the control path, can move. */
export interface AdjustableClock extends Clock {
  /** Moves the time forward, or back by a negative number. */
  advance(ms: number): void;
  /** Moves the time to a moment in epoch milliseconds. */
  set(epochMs: number): void;
}

/** Stands still until it is moved: what unit tests use, so that no test depends on how fast it runs. */
export class ManualClock implements AdjustableClock {
  private current: number;

  constructor(startMs: number = Date.now()) {
    this.current = startMs;
  }

  /** Epoch milliseconds. */
  now(): number {
    return this.current;
  }

  /** Moves the time forward, or back by a negative number. */
  advance(ms: number): void {
    this.current += ms;
  }

  /** Moves the time to a moment in epoch milliseconds. */
  set(epochMs: number): void {
    this.current = epochMs;
  }
}

/** Real time plus an offset: it goes on ticking after it was moved. What browser tests of a wrong device clock use. */
export class ShiftedClock implements AdjustableClock {
  constructor(private offsetMs = 0) {}

  /** Epoch milliseconds. */
  now(): number {
    return Date.now() + this.offsetMs;
  }

  /** Moves the time forward, or back by a negative number. */
  advance(ms: number): void {
    this.offsetMs += ms;
  }

  /** Moves the time to a moment in epoch milliseconds. */
  set(epochMs: number): void {
    this.offsetMs = epochMs - Date.now();
  }
}

/** Whether the clock can be moved. */
export function isAdjustable(clock: Clock): clock is AdjustableClock {
  return 'advance' in clock && 'set' in clock;
}
