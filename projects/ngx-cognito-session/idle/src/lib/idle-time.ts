/** When something happened, by both clocks of the device. */
export interface Moment {
  readonly wallMs: number;
  readonly monotonicMs: number;
}

/**
 * The time between two moments. The wall clock counts sleep, the monotonic one cannot be set back: the longer time is true.
 * Pure.
 */
export function elapsedMs(from: Moment, to: Moment): number {
  return Math.max(to.wallMs - from.wallMs, to.monotonicMs - from.monotonicMs);
}

/** The moment of a time that another page has stored. A time in the future was stored before the clock was set back: it counts as now. Pure. */
export function momentAt(wallMs: number, now: Moment): Moment {
  const ageMs = Math.max(0, now.wallMs - wallMs);
  return { wallMs: now.wallMs - ageMs, monotonicMs: now.monotonicMs - ageMs };
}

/** Reads a stored time; `null` if it is not one. Pure. */
export function readTime(text: string | null): number | null {
  return text !== null && /^\d{1,15}$/.test(text) ? Number(text) : null;
}

/**
 * How much time is left when something happens next: the warning, the next second of it, the end. `graceMs`: how much later
 * than its time the end comes. Pure.
 */
export function nextLeftMs(leftMs: number, warnMs: number, graceMs: number): number {
  if (leftMs > warnMs) return warnMs;
  return leftMs > 0 ? (Math.ceil(leftMs / 1000) - 1) * 1000 : -graceMs;
}
