/** A time of day to the millisecond, by the device's clock: `14:03:07.250`. Pure. */
export function clockTime(at: number): string {
  const date = new Date(at);
  return `${date.toLocaleTimeString('en-GB')}.${String(date.getMilliseconds()).padStart(3, '0')}`;
}
