import { inject, type Signal } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { SessionService, type AuthTokens, type Session } from 'ngx-cognito-session';
import { switchMap } from 'rxjs';

/** The session for templates, and the tokens for the rare code that needs them. Needs an injection context. */
export function injectWhoAmI(): {
  /** User, groups, claims, expiry. There is no token in it. */
  readonly session: Signal<Session | null | undefined>;
  readonly tokens: Signal<AuthTokens | null | undefined>;
} {
  const service = inject(SessionService);
  const tokens = toSignal(service.session$.pipe(switchMap(() => service.getTokens())));
  return { session: service.session, tokens };
}
