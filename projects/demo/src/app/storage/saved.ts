/** Reads what `save` has stored; `otherwise` if it is missing or damaged, or if the browser blocks the storage. */
export function readSaved<T>(storage: Storage, key: string, otherwise: T): T {
  try {
    const text = storage.getItem(key);
    return text === null ? otherwise : (JSON.parse(text) as T);
  } catch {
    return otherwise;
  }
}

/** Stores a small thing that the demo remembers. A full or blocked storage is no reason to fail. */
export function save(storage: Storage, key: string, value: unknown): void {
  try {
    storage.setItem(key, JSON.stringify(value));
  } catch {
    // The demo works without its memory.
  }
}
