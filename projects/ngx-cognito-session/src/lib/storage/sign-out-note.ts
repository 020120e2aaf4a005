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
    try {
      const window = this.document.defaultView;
      const items = this.adapter.shared === false ? window?.sessionStorage : window?.localStorage;
      return items && namespace !== null ? use(items, `cognito-session:signed-out:${namespace}`) : undefined;
    } catch {
      return undefined;
    }
  }
}
