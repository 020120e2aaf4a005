import { concatMap, defer, finalize, map, of, ReplaySubject, type Observable } from 'rxjs';
import { storageCall } from './storage-call';
import type { StorageAdapter } from './storage-adapter';

/** Finds the library's own keys in a storage. */
export interface KeyIndex {
  /** Keys that may hold a value. */
  list(): Observable<readonly string[]>;
  /** Must complete before the value is written: a value nobody can find would be a token left behind. */
  add(key: string): Observable<void>;
  remove(key: string): Observable<void>;
}

/** Asks the adapter if it can list its keys, else keeps them in an item under `indexKey`. */
export function keyIndex(adapter: StorageAdapter, prefix: string, indexKey: string): KeyIndex {
  return typeof adapter.keys === 'function'
    ? listedKeys(adapter, prefix)
    : indexedKeys(adapter, prefix, indexKey);
}

function listedKeys(adapter: StorageAdapter, prefix: string): KeyIndex {
  return {
    list: () =>
      storageCall(() => adapter.keys?.() ?? []).pipe(
        map((keys) => keys.filter((key) => key.startsWith(prefix))),
      ),
    add: () => of(undefined),
    remove: () => of(undefined),
  };
}

function indexedKeys(adapter: StorageAdapter, prefix: string, indexKey: string): KeyIndex {
  const inTurn = turns();
  // The item may hold anything; a key of somebody else in it must not become ours to remove.
  const list = () =>
    storageCall(() => adapter.getItem(indexKey)).pipe(
      map((text) => parseKeys(text).filter((key) => key.startsWith(prefix))),
    );
  const write = (keys: readonly string[]) =>
    storageCall(() =>
      keys.length === 0 ? adapter.removeItem(indexKey) : adapter.setItem(indexKey, JSON.stringify(keys)),
    );
  return {
    list,
    add: (key) =>
      inTurn(list().pipe(concatMap((keys) => (keys.includes(key) ? of(undefined) : write([...keys, key]))))),
    remove: (key) => inTurn(list().pipe(concatMap((keys) => write(keys.filter((known) => known !== key))))),
  };
}

/** One task after the other: of two that read the list before either has written it, one would be lost. */
function turns(): <T>(task: Observable<T>) => Observable<T> {
  let last: Observable<void> = of(undefined);
  return (task) =>
    defer(() => {
      const before = last;
      const done = new ReplaySubject<void>(1);
      last = done;
      return before.pipe(
        concatMap(() => task),
        // Also when the caller has given up: a call that hangs must not hold up the next one.
        finalize(() => {
          done.next();
          done.complete();
        }),
      );
    });
}

function parseKeys(text: string | null): readonly string[] {
  try {
    const value: unknown = JSON.parse(text ?? '[]');
    return Array.isArray(value) ? value.filter((key) => typeof key === 'string') : [];
  } catch {
    return [];
  }
}
