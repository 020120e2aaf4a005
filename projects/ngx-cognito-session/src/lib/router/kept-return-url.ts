import { Location } from '@angular/common';
import { DOCUMENT, inject } from '@angular/core';
import { SESSION_SOURCE } from '../session-service/session-source';
import { GUARD_MEMORY } from './guard-memory';
import { returnUrlKeys } from './return-url-keys';

/**
 * The URL that a guard rejected, until the user has signed in. It is in `sessionStorage`, so that it survives an
 * external redirect, and in memory where that is not available. Needs an injection context.
 */
export class KeptReturnUrl {
  private readonly document = inject(DOCUMENT);
  private readonly location = inject(Location);
  private readonly source = inject(SESSION_SOURCE);
  private readonly memory = inject(GUARD_MEMORY);

  /** Keeps another URL, or none. Returns the previous value, unchecked. */
  exchange(url: string | null): string | null {
    let { url: before } = this.memory;
    this.memory.url = url;
    try {
      const storage = this.document.defaultView?.sessionStorage;
      if (storage === undefined) return before;
      const keys = returnUrlKeys(this.source.config, this.basePath());
      for (const key of keys) {
        before ??= storage.getItem(key);
        storage.removeItem(key);
      }
      if (url !== null) storage.setItem(keys[0], url);
    } catch {
      // Blocked by the browser. The memory of the page remains.
    }
    return before;
  }

  /** Where the application begins. With `HashLocationStrategy` that is its document. */
  private basePath(): string {
    return new URL(this.location.prepareExternalUrl('/'), this.document.baseURI).pathname;
  }
}
