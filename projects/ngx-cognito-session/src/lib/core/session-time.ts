/** The device's two clocks, read at the same moment. */
export interface ClockReading {
  /** Epoch ms; may jump in both directions. */
  readonly wallMs: number;
  /** Never runs backwards; may stand still while the device sleeps. */
  readonly monotonicMs: number;
}

/** What ties the device's clocks to the server's. */
export interface TimeAnchor {
  /** Server minus device, ms. */
  readonly driftMs: number;
  /** Server time when the tokens were adopted … */
  readonly serverMs: number;
  /** … and the monotonic clock at that moment. */
  readonly monotonicMs: number;
}

/** `iat` has whole seconds, so a drift taken from it can be this much too small. */
const IAT_RESOLUTION_MS = 1000;

/** Clocks are set by small steps all the time. */
const DRIFT_TOLERANCE_MS = 60_000;

/** Ties the device's clocks, as they were read, to the server's. Pure. */
export function anchorAt(driftMs: number, reading: ClockReading): TimeAnchor {
  return { driftMs, serverMs: reading.wallMs + driftMs, monotonicMs: reading.monotonicMs };
}

/**
 * Server time. It follows the wall clock, which goes on while the device sleeps, but never runs slower than the
 * monotonic clock: a wall clock set back cannot keep a dead token alive.
 */
export function serverTimeMs(anchor: TimeAnchor, reading: ClockReading): number {
  return Math.max(
    reading.wallMs + anchor.driftMs,
    anchor.serverMs + (reading.monotonicMs - anchor.monotonicMs),
  );
}

/**
 * The server's clock from an anchor on. What a sleep has shown stays true when the wall clock is set back afterwards: dead
 * tokens do not come to life.
 */
export function serverClock(anchor: TimeAnchor, read: () => ClockReading): () => number {
  let latest = anchor;
  return () => {
    const reading = read();
    const serverMs = serverTimeMs(latest, reading);
    latest = { driftMs: anchor.driftMs, serverMs, monotonicMs: reading.monotonicMs };
    return serverMs;
  };
}

/**
 * Clock drift by a token that was issued between two readings. It may be as old as the question, so all the time since
 * then counts, by whichever clock saw more of it: the device may have slept, or its clock may have been set, while the
 * answer was on its way. A server time guessed too late only renews early.
 */
export function driftByIssuedAt(iatSeconds: number, asked: ClockReading, answered: ClockReading): number {
  const elapsedMs = Math.max(answered.wallMs - asked.wallMs, answered.monotonicMs - asked.monotonicMs);
  return iatSeconds * 1000 + elapsedMs - answered.wallMs;
}

/**
 * The drift that tokens brought along, unless it cannot be right: by it they would not have been issued yet. They count as
 * expired then, and are renewed, which tells the true one.
 */
export function plausibleDriftMs(
  driftMs: number,
  { issuedAtMs, expiresAtMs }: { readonly issuedAtMs: number; readonly expiresAtMs: number },
  wallMs: number,
): number {
  return wallMs + driftMs < issuedAtMs - DRIFT_TOLERANCE_MS ? expiresAtMs - wallMs : driftMs;
}

/** From when on a token is not handed out any more: an expired one never is, by the server's clock. Server time. */
export function diesAtMs(expiresAtMs: number, lifetimeMs: number): number {
  return expiresAtMs - Math.min(IAT_RESOLUTION_MS, lifetimeMs / 4);
}

export interface RenewalTiming {
  readonly expiresAtMs: number;
  readonly lifetimeMs: number;
  readonly bufferMs: number;
  /** The largest share of the lifetime the buffer may take. */
  readonly bufferShare: number;
  /** The largest share of the buffer that jitter may add. */
  readonly jitterShare: number;
  /** 0 ≤ random < 1 */
  readonly random: number;
}

/** When a renewal is due, server time: buffer and jitter before the expiry. */
export function renewalDueAtMs(timing: RenewalTiming): number {
  const buffer = Math.min(timing.bufferMs, timing.lifetimeMs * timing.bufferShare);
  return timing.expiresAtMs - buffer * (1 + timing.jitterShare * timing.random);
}
