import type { IndexedDbItems } from './indexed-db-items';

/** The items whose key begins like this. */
export function itemsWithPrefix(
  items: IndexedDbItems,
  prefix: string,
): Promise<readonly (readonly [key: string, value: unknown])[]> {
  return items.run('readonly', (store, done) => {
    const range = IDBKeyRange.bound(prefix, `${prefix}\uffff`);
    const keys = store.getAllKeys(range);
    const values: IDBRequest<unknown[]> = store.getAll(range);
    values.onsuccess = () => done(keys.result.map((key, at) => [key as string, values.result[at]] as const));
  });
}
