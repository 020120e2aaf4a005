import { DOCUMENT, inject, Injectable, type Injector } from '@angular/core';
import { ConfigHolder } from '../config/config-holder';
import { isLocalUrl } from './is-local-url';

const KEY = 'cognito-session:return-url';

/**
 * The URL that a guard turned down, until somebody has signed in. In `sessionStorage`, so that it survives an external
 * redirect; in memory where that is not to be had.
 */
@Injectable()
export class ReturnUrl {
  private readonly document = inject(DOCUMENT);
  private readonly config$ = inject(ConfigHolder).config$;
  private inMemory: string | null = null;

  remember(url: string | null): void {
    this.inMemory = url;
    this.withStorage((storage) => {
      const [key = KEY] = this.keys();
      if (url === null) storage.removeItem(key);
      else storage.setItem(key, url);
    });
  }

  /** What is remembered, whatever it is. */
  peek(): string | null {
    return this.withStorage((storage) => this.found(storage)) ?? this.inMemory;
  }

  /** Once; `null` for anything that does not lie in this application. */
  consume(): string | null {
    const url = this.peek();
    this.inMemory = null;
    this.withStorage((storage) => {
      for (const key of this.keys()) storage.removeItem(key);
    });
    return url !== null && isLocalUrl(url) ? url : null;
  }

  private found(storage: Storage): string | null {
    return this.keys().reduce<string | null>((url, key) => url ?? storage.getItem(key), null);
  }

  /** One for each app client of a page; as long as the configuration is not known, one for all. */
  private keys(): readonly string[] {
    const keys = [KEY];
    this.config$
      .subscribe({
        next: ({ namespace }) => keys.unshift(`${KEY}:${namespace}`),
        error: () => undefined,
      })
      .unsubscribe();
    return keys;
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
  return (options.injector?.get(ReturnUrl) ?? inject(ReturnUrl)).consume();
}
