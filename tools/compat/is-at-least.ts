/** Whether a plain version (`24.15.0`) is not older than another. */
export function isAtLeast(version: string, minimum: string): boolean {
  const [left, right] = [version, minimum].map((text) => text.split('.').map(Number));
  const index = left?.findIndex((part, place) => part !== right?.[place]) ?? -1;
  return index === -1 || (left?.[index] ?? 0) > (right?.[index] ?? 0);
}
