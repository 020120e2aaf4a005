const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** A part of a day. A page of a device that is asleep does nothing. */
export interface Span {
  readonly ms: number;
  readonly page: 'visible' | 'hidden';
  readonly device: 'awake' | 'asleep';
}

export type Night = 'asleep' | 'awake';

/** The user calls the API this often while a page is visible. */
export const CALL_EVERY_MS = 5 * MINUTE_MS;

const hours = (count: number, page: Span['page'], device: Span['device'] = 'awake'): Span => ({
  ms: count * HOUR_MS,
  page,
  device,
});

/** Four hours in which the user looks elsewhere for the last ten minutes of each. */
const WORK: readonly Span[] = Array.from({ length: 4 }, () => [
  hours(5 / 6, 'visible'),
  hours(1 / 6, 'hidden'),
]).flat();

/** 24 hours from a sign-in at eight: two times four hours of work, lunch, an evening, and a night of eight hours. */
export function planDay(night: Night): readonly Span[] {
  return [...WORK, hours(1, 'hidden'), ...WORK, hours(7, 'hidden'), hours(8, 'hidden', night)];
}

/** The fewest refreshes after which the device always has a valid token while it is awake. */
export function fewestRefreshes(spans: readonly Span[], tokenLifetimeMs: number): number {
  let [refreshes, at, expiresAt] = [0, 0, tokenLifetimeMs];
  for (const { ms, device } of spans) {
    at += ms;
    if (device === 'asleep') continue;
    while (expiresAt < at) {
      expiresAt += tokenLifetimeMs;
      refreshes++;
    }
  }
  // At the end of the day the user is back.
  return expiresAt <= at ? refreshes + 1 : refreshes;
}
