import type { Observable } from 'rxjs';
import type { SealedItem } from './sealed-item';

/** The keys of sealed records, and which record is that of this page. */
export interface RecordKeys {
  /** The name of the item that holds the record of this page; `null`: it has none. */
  current(): string | null;
  /** The name of the item for the record of this session. */
  nameFor(sid: string): string;
  /**
   * Cold, one value: the key that opens this item; `null`: this page does not get it. `isStep`: a key that was asked for
   * without success before is not waited for.
   */
  find(item: SealedItem, isStep: boolean): Observable<CryptoKey | null>;
  /** The key that seals the records of this session. A session that is not known begins, and gets a new key. */
  keyFor(sid: string): Promise<CryptoKey>;
  /** The record of this session is stored. `false`: `current()` is not `before` any more, and nothing has changed. */
  settle(sid: string, before: string | null): boolean;
}
