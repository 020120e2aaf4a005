import type { Site } from './site';

/**
 * The turns of the libraries. One that fails is out for the rest of the part, with the reason in its row: the others go on. The harness
 * may be the cause.
 */
export class Turns {
  readonly #reasons = new Map<string, string>();

  /** `undefined` if the library is out. */
  async of<T>({ peer }: Site, measure: () => Promise<T>): Promise<T | undefined> {
    if (this.#reasons.has(peer.name)) return undefined;
    try {
      return await measure();
    } catch (error) {
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
