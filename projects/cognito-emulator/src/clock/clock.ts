/** Where the emulator reads the time: epoch milliseconds. */
export interface Clock {
  now(): number;
}

/** A clock that a test, or the control path, can move. */
export interface AdjustableClock extends Clock {
  advance(ms: number): void;
  set(epochMs: number): void;
}

/** Stands still until it is moved: what unit tests use, so that no test depends on how fast it runs. */
export class ManualClock implements AdjustableClock {
  private current: number;

  constructor(startMs: number = Date.now()) {
    this.current = startMs;
  }

  now(): number {
    return this.current;
  }

  advance(ms: number): void {
    this.current += ms;
  }

  set(epochMs: number): void {
    this.current = epochMs;
  }
}

/** Real time plus an offset: it goes on ticking after it was moved. What browser tests of a wrong device clock use. */
export class ShiftedClock implements AdjustableClock {
  constructor(private offsetMs = 0) {}

  now(): number {
    return Date.now() + this.offsetMs;
  }

  advance(ms: number): void {
    this.offsetMs += ms;
  }

  set(epochMs: number): void {
    this.offsetMs = epochMs - Date.now();
  }
}

/** Whether the clock can be moved. */
export function isAdjustable(clock: Clock): clock is AdjustableClock {
  return 'advance' in clock && 'set' in clock;
}
