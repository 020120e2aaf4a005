/** Whether two texts are equal, in a time that depends on their lengths alone. */
export function isEqualInConstantTime(a: string, b: string): boolean {
  let difference = a.length ^ b.length;
  for (let at = 0; at < Math.max(a.length, b.length); at++)
    // NaN behind the end of a text counts as 0: the lengths differ already.
    difference |= a.charCodeAt(at) ^ b.charCodeAt(at);
  return difference === 0;
}
