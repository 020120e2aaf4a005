/** Epoch ms by the clock of this machine, looked up when it is called. */
export function systemNow(): number {
  return Date.now();
}
