import type { Peer, Point } from './peers';
import type { Row } from './results';
import { summarize } from './statistics';

/** The values of all rounds, by library and metric. */
export class Samples {
  readonly #values = new Map<string, Map<string, number[]>>();

  add(peer: string, values: Readonly<Record<string, number>>): void {
    const ofPeer = this.#values.get(peer) ?? new Map<string, number[]>();
    this.#values.set(peer, ofPeer);
    for (const [metric, value] of Object.entries(values))
      ofPeer.set(metric, [...(ofPeer.get(metric) ?? []), value]);
  }

  /** The rows of a table, one for each library. One that takes no part in the point has its reason instead of values. */
  rows(
    peers: readonly Peer[],
    point: Point,
    reasonOf: (peer: Peer) => string | undefined = () => undefined,
  ): readonly Row[] {
    return peers.map((peer) => {
      const reason = peer.absent?.[point] ?? reasonOf(peer);
      const values = [...(this.#values.get(peer.name) ?? [])].map(
        ([metric, each]) => [metric, summarize(each)] as const,
      );
      return {
        peer: peer.name,
        values: peer.absent?.[point] === undefined ? Object.fromEntries(values) : {},
        ...(reason === undefined ? {} : { reason }),
      };
    });
  }
}
