import { DOCUMENT, inject, Injectable, type Injector } from '@angular/core';

const KEY = 'cognito-session:return-url';

/**
 * The URL that a guard turned down, until somebody has signed in. In `sessionStorage`, so that it survives an external
 * redirect; in memory where that is not to be had.
 */
@Injectable()
export class ReturnUrl {
  private readonly document = inject(DOCUMENT);
  private inMemory: string | null = null;

  remember(url: string): void {
    this.inMemory = url;
    this.withStorage((storage) => {
      storage.setItem(KEY, url);
    });
  }

  /** Once; `null` for anything that does not lie in this application. */
  consume(): string | null {
    const url = this.withStorage((storage) => storage.getItem(KEY)) ?? this.inMemory;
    this.inMemory = null;
    this.withStorage((storage) => {
      storage.removeItem(KEY);
    });
    return url !== null && isLocalUrl(url) ? url : null;
  }

  private withStorage<T>(use: (storage: Storage) => T): T | null {
    try {
      const window = this.document.defaultView;
      return window === null ? null : use(window.sessionStorage);
    } catch {
      // Blocked by the browser: memory has to do.
      return null;
    }
  }
}

/**
 * The attempted URL that a guard turned down: once, same application only, `null` if there is none. Survives an external
 * redirect. Needs an injection context or an injector.
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
  return (options.injector?.get(ReturnUrl) ?? inject(ReturnUrl)).consume();
}

/** Whether a URL is a path of this application, by whatever way a browser might read it. Pure. */
export function isLocalUrl(url: string): boolean {
  // Browsers drop tabs and newlines and read backslashes as slashes: '//evil' hides in many spellings.
  if (!url.startsWith('/') || !/^[\x21-\x5b\x5d-\uffff]+$/.test(url)) return false;
  const origin = 'http://same.invalid';
  try {
    const { origin: actual, pathname } = new URL(url, origin);
    // Of the resolved path: '/.//evil' begins with one slash until somebody reads its path again.
    return actual === origin && !/^\/(?:\/|%2f|%5c)/i.test(pathname);
  } catch {
    return false;
  }
}
