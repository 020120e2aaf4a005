import { ɵimportFeature, type SessionFeature } from 'ngx-cognito-session';
import { layoutSource } from './layout-source';
import type { MigrationOptions } from './migration-options';

/**
 * Takes over the session that `amazon-cognito-identity-js` (5 or 6) has stored, so that users who are signed in stay signed in when
 * the app moves to this library. At the first start without a session of this library, it looks for the session of the same app
 * client in `localStorage`, `sessionStorage` and cookies, checks issuer, app client, use and subject of all tokens, and adopts it.
 * Expired tokens are refreshed. The items of the other library for this app client are removed as soon as the session is stored
 * here. A session that was signed out is never taken over again. Tokens of another app client or user pool are left alone.
 *
 * With storage in memory (the default) the session ends with the page, as every session in memory.
 *
 * ```ts
 * provideSession(config, withLocalStorage(), withCognitoIdentityJsMigration({ from: ['localStorage'] }));
 * ```
 */
export function withCognitoIdentityJsMigration(options: MigrationOptions = {}): SessionFeature {
  return ɵimportFeature('cognitoIdentityJsMigration', layoutSource(options));
}
