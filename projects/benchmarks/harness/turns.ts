import { FLOOR } from '../peers';

/** What takes turns: the site of a library. */
interface Entrant {
  readonly peer: { readonly name: string };
}

/**
 * The turns of the libraries. One that fails is out for the rest of the part, with the reason in its row: the others go on. The harness
 * may be the cause. Without the floor no ratio means anything, and the part fails.
 */
export class Turns {
  readonly #reasons = new Map<string, string>();

  /** `undefined` if the library is out. */
  async of<T>({ peer }: Entrant, measure: () => Promise<T>): Promise<T | undefined> {
    if (this.#reasons.has(peer.name)) return undefined;
    try {
      return await measure();
    } catch (error) {
      if (peer.name === FLOOR) throw error;
      const [reason = ''] = String(error).split('\n');
      console.log(`${peer.name} is out: ${reason}`);
      this.#reasons.set(peer.name, `It did not get through: ${reason}`);
      return undefined;
    }
  }

  reasonFor({ name }: { readonly name: string }): string | undefined {
    return this.#reasons.get(name);
  }
}
