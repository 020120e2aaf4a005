import { inject, Injector, runInInjectionContext } from '@angular/core';
import { SessionService } from '../session-service/session-service';
import { isLocalUrl } from './is-local-url';
import { KeptReturnUrl } from './kept-return-url';

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
  // The message without `provideSession` names it.
  injector.get(SessionService);
  const url = runInInjectionContext(injector, () => new KeptReturnUrl()).exchange(null);
  return url !== null && isLocalUrl(url) ? url : null;
}
