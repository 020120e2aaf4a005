import type { OldItems } from './old-items';
import { webStorage, type WebStorageName } from './web-storage';

/** The items of a web storage. */
export function webStorageItems(view: Window | null, name: WebStorageName): OldItems {
  const storage = webStorage(view, name);
  return {
    read: () => new Map(storage === null ? [] : Object.entries(storage as unknown as Record<string, string>)),
    remove: (key) => storage?.removeItem(key),
  };
}
