import { InjectionToken } from '@angular/core';
import { LocalStorageAdapter } from './local-storage-adapter';

/** Items that are written in the task of the call, and stay although the page goes in it. Throws nothing. */
export interface EndWords {
  isLeft(key: string): boolean;
  leave(key: string): void;
  forget(key: string): void;
}

export const NO_END_WORDS: EndWords = {
  isLeft: () => false,
  leave: () => undefined,
  forget: () => undefined,
};

/**
 * Word of sessions that have ended, beside the record of a database: what a page hands to IndexedDB while it is closed is
 * lost now and then (Chromium drops the connection with what is queued), an item of `localStorage` is not.
 */
export const END_WORDS = new InjectionToken<EndWords>('END_WORDS', {
  providedIn: 'root',
  factory: () => {
    const items = new LocalStorageAdapter();
    return {
      isLeft: (key) => tryTo(() => items.getItem(key) !== null) ?? false,
      leave: (key) => {
        tryTo(() => {
          items.setItem(key, '1');
        });
      },
      forget: (key) => {
        tryTo(() => {
          items.removeItem(key);
        });
      },
    };
  },
});

/** Denied or full: the word in the database is what is left then. */
function tryTo<T>(use: () => T): T | null {
  try {
    return use();
  } catch {
    return null;
  }
}
