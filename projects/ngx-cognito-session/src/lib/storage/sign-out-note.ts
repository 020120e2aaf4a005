import { DOCUMENT, inject, Injector } from '@angular/core';
import { CheckedConfig } from '../config/checked-config';
import { DEFAULT_DATABASE } from './default-database';
import { SESSION_STORAGE } from './session-storage-token';

/** What is to be done at Cognito. */
export interface SignOutWish {
  readonly revoke?: boolean;
  readonly global?: boolean;
}

/** What sets a storage apart from others of its kind. */
interface Named {
  readonly prefix?: string;
  readonly name?: string;
}

/**
 * Where a page that is left early notes that somebody has signed out: in the storage that is seen by whoever sees the
 * session. `use` is not called where there is none; what it throws is nobody's business, since little else outlives the page
 * there.
 */
export class SignOutNote {
  private readonly document = inject(DOCUMENT);
  private readonly injector = inject(Injector);
  private readonly config = inject(CheckedConfig);
  /** Whether this page has left one. */
  isLeft = false;

  leave(wish: SignOutWish): void {
    this.with((items, key) => {
      items.setItem(key, JSON.stringify(wish));
      this.isLeft = true;
    });
  }

  with<T>(use: (items: Storage, key: string) => T): T | undefined {
    const { namespace } = this.config;
    try {
      // Not before it is needed: one of the app may throw while it is made.
      const adapter = this.injector.get(SESSION_STORAGE);
      // Cookies may be those of other origins as well, which could not take the note back.
      if (namespace === null || 'refreshTokenIn' in adapter) return undefined;
      const items = this.document.defaultView?.[adapter.shared === false ? 'sessionStorage' : 'localStorage'];
      const { name = DEFAULT_DATABASE, prefix = `${name}:` }: Named = adapter as object;
      return items && use(items, `${prefix}signed-out:${namespace}`);
    } catch {
      return undefined;
    }
  }
}
