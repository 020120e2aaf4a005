import { inject } from '@angular/core';
import { SERVER_GUARDS } from '../config/server-guards';
import { compileRules } from '../http/injection-plan';
import { requestCheck } from '../http/request-check';
import { TokenInjection } from '../http/token-injection';
import { TOKEN_INJECTION } from '../http/token-injection-port';
import type { TokenInjectionOptions } from '../http/token-rule';
import { NOWHERE } from '../http/url-scope';
import { SESSION_LOGGER, type SessionLogger } from '../platform/session-logger';
import { leaveAtSessionEnd } from '../router/leave-at-session-end';
import { SESSION_END_WATCH, SIGN_IN_ROUTE, type SignInTarget } from '../router/sign-in-route';
import { placeFor } from '../storage/adapter-place';
import type { CookieStorageOptions } from '../storage/cookie-rules';
import { CookieStorageAdapter } from '../storage/cookie-storage-adapter';
import { IndexedDbStorage } from '../storage/indexed-db-storage';
import { LocalStorageAdapter } from '../storage/local-storage-adapter';
import { MemoryStorage } from '../storage/memory-storage';
import { RECORD_PLACE } from '../storage/choose-record-place';
import type { RecordPlace } from '../storage/record-place';
import { SessionStorageAdapter } from '../storage/session-storage-adapter';
import { sessionStoragePlace } from '../storage/session-storage-place';
import { SESSION_STORAGE } from '../storage/session-storage-token';
import { sharedMemoryPlace } from '../storage/shared-memory-place';
import type { StorageAdapter } from '../storage/storage-adapter';
import { OPEN_TAB_CHANNEL } from '../tabs/tab-channel';
import { AUTO_RESTORE } from './provide-session';
import { feature, type SessionFeature } from './session-feature';

declare const ngDevMode: unknown;

/**
 * Keeps the session in a storage of the app. A function runs in an injection context.
 *
 * ```ts
 * provideSession(config, withStorage(new MemoryStorage()));
 * ```
 */
export function withStorage(adapter: StorageAdapter | (() => StorageAdapter)): SessionFeature {
  return storageFeature('storage', typeof adapter === 'function' ? adapter : () => adapter);
}

/** The kind is the name of the feature's function, so that development can name it. `place`: where the record is, if it is sealed. */
function storageFeature<T extends StorageAdapter>(
  kind: string,
  adapter: () => T,
  place: (adapter: T) => RecordPlace = placeFor,
): SessionFeature {
  return feature(kind, [
    { provide: SESSION_STORAGE, useFactory: adapter },
    { provide: RECORD_PLACE, useValue: place },
  ]);
}

/**
 * Keeps the session in IndexedDB with a copy in `localStorage`: it survives a reload, every tab of this origin shares it,
 * and a page shows it in its first task. Every script of this origin can read it. `prefix` (default `cognito-session:`) is
 * the prefix of the key in `localStorage`.
 *
 * ```ts
 * provideSession(config, withLocalStorage());
 * ```
 */
export function withLocalStorage(options: { prefix?: string } = {}): SessionFeature {
  return storageFeature('localStorage', () => new LocalStorageAdapter(options.prefix));
}

/**
 * Keeps the session of each tab for itself: it survives a reload and ends with the tab. Other tabs have sessions of their own;
 * a duplicated tab shares the session with its original until one of them signs in anew. The tokens are stored encrypted in
 * IndexedDB, and the key is stored in `sessionStorage`, so every script that runs in this tab can read them. After the tab is
 * closed they are unreadable. Without IndexedDB or WebCrypto the tokens are stored in `sessionStorage` itself. `prefix`
 * (default `cognito-session:`) is the prefix of every key there.
 *
 * ```ts
 * provideSession(config, withSessionStorage());
 * ```
 */
export function withSessionStorage(options: { prefix?: string } = {}): SessionFeature {
  return storageFeature(
    'sessionStorage',
    () => new SessionStorageAdapter(options.prefix),
    (adapter) => sessionStoragePlace(adapter, options.prefix),
  );
}

/**
 * Keeps one session for all tabs of this origin in their memory: it ends when the last of them is closed, and reloading the
 * only tab signs out. The tokens are stored encrypted in IndexedDB. Only open tabs hold the key, which cannot be exported, and
 * every script that runs in one of them can use it. Where tabs cannot exchange such a key (no IndexedDB, WebCrypto or
 * `BroadcastChannel`) each tab has a session of its own, which is logged once.
 *
 * ```ts
 * provideSession(config, withSharedMemory());
 * ```
 */
export function withSharedMemory(): SessionFeature {
  return storageFeature(
    'sharedMemory',
    () => new MemoryStorage(),
    () => sharedMemoryPlace(inject(OPEN_TAB_CHANNEL)),
  );
}

/**
 * Keeps the session in IndexedDB: it survives a reload, and every tab of this origin shares it. Every script of this origin
 * can read it. `name` (default `cognito-session`) is the name of the database.
 *
 * ```ts
 * provideSession(config, withIndexedDb());
 * ```
 */
export function withIndexedDb(options: { name?: string } = {}): SessionFeature {
  return storageFeature('indexedDb', () => new IndexedDbStorage(options));
}

/**
 * Keeps the session in IndexedDB with a copy in cookies, for server rendering. Scripts can read these cookies and every
 * request carries them; they must never authenticate an API. By default the refresh token is only in IndexedDB. Throws
 * `invalidConfiguration` for options that a browser would silently refuse.
 *
 * ```ts
 * provideSession(config, withCookieStorage({ prefix: '__Host-session.' }));
 * ```
 */
export function withCookieStorage(options: CookieStorageOptions = {}): SessionFeature {
  // Only the options are checked: a mistake that a browser silently ignores must be reported at start-up.
  const adapter = new CookieStorageAdapter(options);
  return storageFeature('cookieStorage', () => adapter);
}

/**
 * Configures which requests get a token from `sessionInterceptor` and `createAuthFetch`. Without it no request gets one. The
 * app registers the interceptor. A function, for URLs that are known only at run time, is called once, with the first
 * request that may get a token, in an injection context. Throws `invalidConfiguration` for a URL that is neither a path of
 * this origin nor an https origin. The result of a function is checked when it is called, and fails requests then.
 *
 * ```ts
 * withTokenInjection({ attachTo: ['/api', { url: 'https://api.example.com', methods: ['GET'] }] });
 * withTokenInjection(() => ({ attachTo: [inject(AppConfig).apiUrl] }));
 * ```
 */
export function withTokenInjection(
  options: TokenInjectionOptions | (() => TokenInjectionOptions),
): SessionFeature {
  // A malformed rule must be reported at start-up, not with the first request.
  if (typeof options !== 'function') compileRules(options, NOWHERE);
  return feature('tokenInjection', [
    { provide: TOKEN_INJECTION, useFactory: () => new TokenInjection(options) },
    ...(typeof ngDevMode === 'undefined' || ngDevMode ? requestCheck() : []),
  ]);
}

/**
 * Configures where guards redirect users who are not signed in: a route of the app, or a function that answers for the
 * guard and may leave the page. `signedOutGuard` redirects signed-in users to `afterSignIn` (default `/`).
 *
 * When the session ends, the guards of the current route run again, in a browser. A page that they no longer admit is left
 * for sign-in, and the attempted URL is kept. After a change of the user a guarded page is made anew. Pages without guards
 * stay as they are. `stayOnSessionEnd: true` switches this off.
 *
 * ```ts
 * withSignInRoute('/sign-in', { afterSignIn: '/home' });
 * ```
 */
export function withSignInRoute(
  target: SignInTarget,
  options: { afterSignIn?: string; stayOnSessionEnd?: boolean } = {},
): SessionFeature {
  const { afterSignIn = '/', stayOnSessionEnd = false } = options;
  return feature('signInRoute', [
    { provide: SIGN_IN_ROUTE, useValue: { target, afterSignIn } },
    { provide: SESSION_END_WATCH, useFactory: stayOnSessionEnd ? () => null : leaveAtSessionEnd },
  ]);
}

/**
 * Configures the answer of guards on a server that does not know the user. `defer` (the default without this feature)
 * cancels the navigation and renders the app without the page, `allow` renders the page for every user, `signIn` treats the
 * user as signed out. The browser runs the guards again in each case. A server that has verified the request's cookies
 * returns the real answer.
 *
 * ```ts
 * provideSession(config, withCookieStorage(), withServerRendering({ guards: 'signIn' }));
 * ```
 */
export function withServerRendering(options: { guards: 'defer' | 'allow' | 'signIn' }): SessionFeature {
  return feature('serverRendering', [{ provide: SERVER_GUARDS, useValue: options.guards }]);
}

/**
 * Sends the library's log messages to the app's logger. No message contains a token.
 *
 * ```ts
 * provideSession(config, withLogger(consoleLogger()));
 * ```
 */
export function withLogger(logger: SessionLogger): SessionFeature {
  return feature('logger', [{ provide: SESSION_LOGGER, useValue: logger }]);
}

/**
 * The app calls `initialize()` itself. Until then the state is `restoring`.
 *
 * ```ts
 * provideSession(config, withNoAutoRestore());
 * ```
 */
export function withNoAutoRestore(): SessionFeature {
  return feature('noAutoRestore', [{ provide: AUTO_RESTORE, useValue: false }]);
}
