/** All moves, from one world to another, by number. */
export interface Edges {
  readonly from: number[];
  readonly to: number[];
}

/** The first world from which no rest can be reached. */
export function firstStuck(worlds: number, { from, to }: Edges, rests: readonly number[]): number | null {
  const starts = new Int32Array(worlds + 1);
  for (const target of to) starts[target + 1] = (starts[target + 1] ?? 0) + 1;
  for (let i = 0; i < worlds; i++) starts[i + 1] = (starts[i + 1] ?? 0) + (starts[i] ?? 0);
  const sources = new Int32Array(to.length);
  const filled = starts.slice();
  for (let i = 0; i < to.length; i++) {
    const target = to[i] ?? 0;
    const slot = filled[target] ?? 0;
    sources[slot] = from[i] ?? 0;
    filled[target] = slot + 1;
  }
  const canRest = new Uint8Array(worlds);
  const queue = [...rests];
  for (const rest of rests) canRest[rest] = 1;
  for (let world = queue.pop(); world !== undefined; world = queue.pop())
    for (let i = starts[world] ?? 0; i < (starts[world + 1] ?? 0); i++) {
      const source = sources[i] ?? 0;
      if (canRest[source] === 1) continue;
      canRest[source] = 1;
      queue.push(source);
    }
  const stuck = canRest.indexOf(0);
  return stuck === -1 ? null : stuck;
}
