import { DOCUMENT, inject, Injectable } from '@angular/core';
import { CheckedConfig } from '../config/checked-config';
import { SESSION_STORAGE } from './session-storage-token';

/**
 * Word of a sign-out that came before it could be looked what is stored, in a page that may be gone by then: the next page
 * carries it out. Left where the pages see it that see the session. Throws nothing.
 */
@Injectable()
export class OwedSignOut {
  private readonly document = inject(DOCUMENT);
  private readonly adapter = inject(SESSION_STORAGE);
  private readonly config = inject(CheckedConfig);

  note(revoke = true): void {
    this.withItems((items, key) => {
      items.setItem(key, String(revoke));
    });
  }

  /** `null`: none is owed. */
  read(): { readonly revoke: boolean } | null {
    const word = this.withItems((items, key) => items.getItem(key)) ?? null;
    return word === null ? null : { revoke: word === 'true' };
  }

  settle(): void {
    this.withItems((items, key) => {
      items.removeItem(key);
    });
  }

  private withItems<T>(use: (items: Storage, key: string) => T): T | undefined {
    const { namespace } = this.config;
    if (namespace === null) return undefined;
    try {
      const window = this.document.defaultView;
      const items = this.adapter.shared === false ? window?.sessionStorage : window?.localStorage;
      return items && use(items, `cognito-session:signed-out:${namespace}`);
    } catch {
      // Denied or full: then nothing else of it outlives the page either, but for a database.
      return undefined;
    }
  }
}
