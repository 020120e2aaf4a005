import { DOCUMENT, inject } from '@angular/core';
import { CheckedConfig } from '../config/checked-config';
import { SESSION_STORAGE } from './session-storage-token';

/**
 * Where a page that is left early notes that somebody has signed out: in the storage that is seen by whoever sees the
 * session. `use` is not called where there is none; what it throws is nobody's business, since little else outlives the page
 * there.
 */
export class SignOutNote {
  private readonly document = inject(DOCUMENT);
  private readonly adapter = inject(SESSION_STORAGE);
  private readonly config = inject(CheckedConfig);

  with<T>(use: (items: Storage, key: string) => T): T | undefined {
    const { namespace } = this.config;
    const { adapter } = this;
    // Cookies may be those of other origins as well, which could not take the note back.
    if (namespace === null || 'refreshTokenIn' in adapter) return undefined;
    try {
      const window = this.document.defaultView;
      const items = adapter.shared === false ? window?.sessionStorage : window?.localStorage;
      const { prefix = 'cognito-session:' }: { readonly prefix?: string } = adapter as object;
      return items && use(items, `${prefix}signed-out:${namespace}`);
    } catch {
      return undefined;
    }
  }
}
