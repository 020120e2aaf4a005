import { ɵfeature, type SessionFeature } from 'ngx-cognito-session';
import { domainOf } from './domain-of';
import { LazyLogin } from './lazy-login';
import { LoginState } from './login-state';
import { ManagedLogin } from './managed-login';
import { MANAGED_LOGIN_CONFIG, type ManagedLoginConfigSource } from './managed-login-config';

declare const ngDevMode: unknown;

/**
 * Signs users in and out through Cognito's managed login: authorization code with PKCE. Provides `ManagedLogin`. It needs
 * `userPoolId` in the configuration of the session, and the package `oauth4webapi`, which is loaded with the first sign-in, callback
 * or sign-out. In development it throws `invalidConfiguration` for a malformed `domain`. Otherwise the configuration is checked when
 * it is used.
 *
 * ```ts
 * provideSession(
 *   { region: 'eu-west-1', userPoolId: 'eu-west-1_Example01', clientId: 'abc123' },
 *   withManagedLogin({ domain: 'example.auth.eu-west-1.amazoncognito.com' }),
 *   withSignInRoute(managedLoginTarget()),
 * );
 * ```
 */
export function withManagedLogin(config: ManagedLoginConfigSource): SessionFeature {
  // A mistake must be reported at start-up, in production with the first sign-in.
  if ((typeof ngDevMode === 'undefined' || ngDevMode) && typeof config !== 'function') domainOf(config);
  return ɵfeature('managedLogin', [
    { provide: MANAGED_LOGIN_CONFIG, useValue: config },
    LoginState,
    LazyLogin,
    ManagedLogin,
  ]);
}
