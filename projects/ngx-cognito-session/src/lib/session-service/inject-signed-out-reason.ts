import { computed, inject, type Signal } from '@angular/core';
import type { SignedOutReason } from '../errors/session-error-code';
import { SessionService } from './session-service';

/**
 * Why no user is signed in, for the sign-in page; `null` while a user is signed in or it is not known yet. After a reload of
 * the page it is `noSession`. Needs an injection context.
 *
 * ```ts
 * @Component({
 *   selector: 'app-sign-in',
 *   changeDetection: ChangeDetectionStrategy.OnPush,
 *   template: `@if (reason() === 'sessionEnded') { Your session has ended. Please sign in again. }`,
 * })
 * export class SignIn {
 *   protected readonly reason = injectSignedOutReason();
 * }
 * ```
 */
export function injectSignedOutReason(): Signal<SignedOutReason | null> {
  const { state } = inject(SessionService);
  return computed(() => {
    const current = state();
    return current.status === 'signedOut' ? current.reason : null;
  });
}
