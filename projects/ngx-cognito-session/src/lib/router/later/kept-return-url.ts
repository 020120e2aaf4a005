import { DOCUMENT, inject, Injectable } from '@angular/core';
import { CheckedConfig } from '../../config/checked-config';
import { RETURN_URL_MEMORY, returnUrlKeys } from '../return-url-keys';

/**
 * The URL that a guard turned down, until somebody has signed in. In `sessionStorage`, so that it survives an external
 * redirect; in memory where that is not to be had.
 */
@Injectable()
export class KeptReturnUrl {
  private readonly document = inject(DOCUMENT);
  private readonly config = inject(CheckedConfig);
  private readonly memory = inject(RETURN_URL_MEMORY);

  /** Keeps another URL, or none; gives what was kept until now, whatever it is. */
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
      // Blocked by the browser: memory has to do.
    }
    return before;
  }
}
