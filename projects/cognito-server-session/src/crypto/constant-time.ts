/** Whether two texts are equal, in a time that depends on the first one's length alone. */
export function isEqualInConstantTime(a: string, b: string): boolean {
  let difference = a.length ^ b.length;
  // Behind the end of the other text there is NaN, which counts as 0: the lengths differ already.
  for (let at = 0; at < a.length; at++) difference |= a.charCodeAt(at) ^ b.charCodeAt(at);
  return difference === 0;
}
