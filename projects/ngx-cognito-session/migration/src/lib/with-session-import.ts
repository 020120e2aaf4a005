import { DOCUMENT, inject } from '@angular/core';
import { ɵimportFeature, type SessionFeature, type TokenInput, type ɵFoundTokens } from 'ngx-cognito-session';
import { holdsToken, tokenTexts } from './token-texts';
import { watchedStorage } from './watched-storage';
import { webStorage, type WebStorageName } from './web-storage';

/** Options of `withSessionImport`. */
export interface SessionImportOptions {
  /**
   * Removes the old session from this storage. Called once the session is stored here. Default: removes each item that `read` has
   * read and that contains one of the tokens as they were returned.
   */
  readonly remove?: (storage: Storage) => void;
}

/**
 * Takes over a session that the app, or another library, has stored in its own way. `read` gets `localStorage` and then
 * `sessionStorage`; the first session that can be used counts. It is called at a start, possibly more than once, in an injection
 * context, and must change nothing. All tokens are checked as those of `setTokens`. A `clockDrift` is not used. The old items are
 * removed as soon as the session is stored here. A session that was signed out is never taken over again.
 *
 * Return the access token together with the refresh token. A refresh token alone is sent to Cognito first, and two tabs that start
 * at once may both send it.
 *
 * ```ts
 * provideSession(
 *   config,
 *   withLocalStorage(),
 *   withSessionImport((storage) => {
 *     const stored = storage.getItem('my-app.tokens');
 *     return stored === null ? null : (JSON.parse(stored) as TokenInput);
 *   }),
 * );
 * ```
 */
export function withSessionImport(
  read: (storage: Storage) => TokenInput | null,
  options: SessionImportOptions = {},
): SessionFeature {
  return ɵimportFeature('sessionImport', () => {
    const { defaultView } = inject(DOCUMENT);
    const names: readonly WebStorageName[] = ['localStorage', 'sessionStorage'];
    return names
      .map((name) => webStorage(defaultView, name))
      .filter((storage) => storage !== null)
      .map((storage) => readFrom(storage, read, options))
      .filter((found) => found !== null);
  });
}

function readFrom(
  storage: Storage,
  read: (storage: Storage) => TokenInput | null,
  { remove }: SessionImportOptions,
): ɵFoundTokens | null {
  const names = new Set<string>();
  // An app in plain JavaScript may return nothing.
  const tokens = read(watchedStorage(storage, (name) => names.add(name))) as TokenInput | null | undefined;
  if (tokens === null || tokens === undefined) return null;
  const removeItems = () => {
    const texts = tokenTexts(tokens);
    for (const name of names) if (holdsToken(storage.getItem(name), texts)) storage.removeItem(name);
  };
  return { tokens, forget: remove === undefined ? removeItems : () => remove(storage) };
}
