import { DOCUMENT, inject, Injector } from '@angular/core';
import { CheckedConfig } from '../config/checked-config';
import { isLocalUrl } from './is-local-url';
import { GUARD_MEMORY } from './guard-memory';
import { returnUrlKeys } from './return-url-keys';

/**
 * The attempted URL that a guard rejected: once, same application only, `null` if there is none. Survives an external
 * redirect. For `router.navigateByUrl` only. Needs an injection context or an injector.
 *
 * ```ts
 * export class SignIn {
 *   private readonly injector = inject(Injector);
 *   private readonly router = inject(Router);
 *
 *   goOn(): void {
 *     void this.router.navigateByUrl(consumeReturnUrl({ injector: this.injector }) ?? '/');
 *   }
 * }
 * ```
 */
export function consumeReturnUrl(options: { injector?: Injector } = {}): string | null {
  const { injector = inject(Injector) } = options;
  const memory = injector.get(GUARD_MEMORY);
  let { url } = memory;
  memory.url = null;
  try {
    const storage = injector.get(DOCUMENT).defaultView?.sessionStorage;
    for (const key of returnUrlKeys(injector.get(CheckedConfig))) {
      url ??= storage?.getItem(key) ?? null;
      storage?.removeItem(key);
    }
  } catch {
    // Blocked by the browser. The memory of the page remains.
  }
  return url !== null && isLocalUrl(url) ? url : null;
}
