import { inject, InjectionToken } from '@angular/core';
import {
  IndexedDbStorage,
  ɵATTEMPT_LOCKS,
  ɵlimited,
  ɵSESSION_SCHEDULER,
  ɵstorageCall,
  type StorageAdapter,
} from 'ngx-cognito-session';
import { catchError, finalize, map, of, switchMap, type Observable } from 'rxjs';
import { LOCK_LIMIT_MS, STORE_LIMIT_MS } from './numbers';

declare const ngDevMode: unknown;

/** Where identity ids are stored: the library's database. Nothing secret is in it. */
export const IDENTITY_STORAGE = new InjectionToken<StorageAdapter>(
  typeof ngDevMode === 'undefined' || ngDevMode ? 'IDENTITY_STORAGE' : '',
  { providedIn: 'root', factory: () => new IndexedDbStorage() },
);

/** The identity ids of an identity pool by user. A storage that fails or hangs is done without: nothing here errors or waits for ever. */
export interface IdentityIds {
  /** Cold; one value. */
  readonly read: (sub: string) => Observable<string | null>;
  /** Cold; one value once it is stored. `null`: forgets it. */
  readonly write: (sub: string, id: string | null) => Observable<unknown>;
  /** Cold; the work, while no other tab does it for this user. If the lock is not granted in time, the work is done without. */
  readonly alone: <T>(sub: string, work: Observable<T>) => Observable<T>;
}

/** Needs an injection context. */
export function identityIds(identityPoolId: string): IdentityIds {
  const storage = inject(IDENTITY_STORAGE);
  const locks = inject(ɵATTEMPT_LOCKS);
  const scheduler = inject(ɵSESSION_SCHEDULER);
  /** What the storage did not take. */
  const notStored = new Map<string, string | null>();
  const keyOf = (sub: string) => `aws-identity:${identityPoolId}:${sub}`;
  const call = <T>(work: () => T | PromiseLike<T>): Observable<T> =>
    ɵlimited(ɵstorageCall(work), STORE_LIMIT_MS, scheduler);
  return {
    read: (sub) => {
      const key = keyOf(sub);
      const own = notStored.get(key);
      if (own !== undefined) return of(own);
      return call(() => storage.getItem(key)).pipe(catchError(() => of(null)));
    },
    write: (sub, id) => {
      const key = keyOf(sub);
      notStored.set(key, id);
      return call(() => (id === null ? storage.removeItem(key) : storage.setItem(key, id))).pipe(
        map(() => notStored.delete(key)),
        catchError(() => of(null)),
      );
    },
    // Memory is this page's alone.
    alone: (sub, work) =>
      storage.shared === false
        ? work
        : ɵlimited(locks.hold(keyOf(sub)), LOCK_LIMIT_MS, scheduler).pipe(
            catchError(() => of(null)),
            switchMap((release) => work.pipe(finalize(() => release?.()))),
          ),
  };
}
