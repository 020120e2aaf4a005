/** Server minus device, in words. Below a second it is the rounding of `iat`, not a wrong clock. Pure. */
export function describeDrift(seconds: number): string {
  if (Math.abs(seconds) < 1) return 'right to the second';
  return `${Math.abs(seconds).toFixed(1)} s ${seconds > 0 ? 'behind' : 'ahead of'} the server`;
}
