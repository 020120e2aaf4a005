import { defer, from, of, type Observable } from 'rxjs';
import { createKey, importKey } from './record-seal';
import type { RecordKeys } from './record-keys';
import type { SealedItem } from './sealed-item';

/** What lies in `sessionStorage`. */
interface TabItem {
  readonly v: 1;
  readonly sid: string;
  readonly key: JsonWebKey;
}

interface NewKey {
  readonly item: TabItem;
  readonly key: CryptoKey;
}

/**
 * The key of a session that belongs to one tab. Its bytes lie in `sessionStorage`, with the `sid`: they survive a reload,
 * end with the tab, and are copied if the tab is duplicated.
 */
export class TabKey implements RecordKeys {
  /** The keys of sessions whose record is not stored yet, by `sid`. */
  readonly #next = new Map<string, NewKey>();

  constructor(
    private readonly items: () => Storage | null | undefined,
    private readonly name: string,
  ) {}

  current(): string | null {
    return this.#item()?.sid ?? null;
  }

  nameFor(sid: string): string {
    return sid;
  }

  find({ sid }: SealedItem): Observable<CryptoKey | null> {
    return defer(() => {
      const item = this.#item();
      return item?.sid === sid ? from(importKey(item.key).catch(() => null)) : of(null);
    });
  }

  async keyFor(sid: string): Promise<CryptoKey> {
    const item = this.#item();
    if (item?.sid === sid) return importKey(item.key);
    const known = this.#next.get(sid);
    if (known !== undefined) return known.key;
    const key = await createKey(true);
    this.#next.set(sid, { item: { v: 1, sid, key: await crypto.subtle.exportKey('jwk', key) }, key });
    return key;
  }

  settle(sid: string, before: string | null): boolean {
    if (this.current() !== before) return false;
    if (sid === before) return true;
    const next = this.#next.get(sid);
    if (next === undefined) return false;
    this.items()?.setItem(this.name, JSON.stringify(next.item));
    this.#next.clear();
    return true;
  }

  /** Text that is damaged counts as none. */
  #item(): TabItem | null {
    const text = this.items()?.getItem(this.name) ?? 'null';
    try {
      const { v, sid, key } = (JSON.parse(text) ?? {}) as Partial<TabItem>;
      return v === 1 && typeof sid === 'string' && typeof key === 'object' ? { v, sid, key } : null;
    } catch {
      return null;
    }
  }
}
