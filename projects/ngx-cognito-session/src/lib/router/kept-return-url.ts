import { DOCUMENT, inject } from '@angular/core';
import { CheckedConfig } from '../config/checked-config';
import { GUARD_MEMORY } from './guard-memory';
import { returnUrlKeys } from './return-url-keys';

/**
 * The URL that a guard rejected, until the user has signed in. It is in `sessionStorage`, so that it survives an
 * external redirect, and in memory where that is not available. Needs an injection context.
 */
export class KeptReturnUrl {
  private readonly document = inject(DOCUMENT);
  private readonly config = inject(CheckedConfig);
  private readonly memory = inject(GUARD_MEMORY);

  /** Keeps another URL, or none. Returns the previous value, unchecked. */
  exchange(url: string | null): string | null {
    let { url: before } = this.memory;
    this.memory.url = url;
    try {
      const storage = this.document.defaultView?.sessionStorage;
      const keys = returnUrlKeys(this.config);
      before = keys.map((key) => storage?.getItem(key) ?? null).find((found) => found !== null) ?? before;
      const [key] = keys;
      if (url === null) storage?.removeItem(key);
      else storage?.setItem(key, url);
    } catch {
      // Blocked by the browser. The memory of the page remains.
    }
    return before;
  }
}
