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
  /** Cold; one value. `null` and `''`: there is none. */
  readonly read: (sub: string) => Observable<string | null>;
  /** One value once it is stored. `''`: forgets it. */
  readonly write: (sub: string, id: string) => Observable<unknown>;
  /** Cold; the work, while no other tab does it for this user. If the lock is not granted in time, the work is done without. */
  readonly alone: <T>(sub: string, work: Observable<T>) => Observable<T>;
}

/** Needs an injection context. */
export function identityIds(identityPoolId: string): IdentityIds {
  const storage = inject(IDENTITY_STORAGE);
  const locks = inject(ɵATTEMPT_LOCKS);
  const scheduler = inject(ɵSESSION_SCHEDULER);
  /** What the storage did not take. */
  const notStored = new Map<string, string>();
  const keyOf = (sub: string) => `aws-identity:${identityPoolId}:${sub}`;
  const inTime = <T>(work: Observable<T>, limitMs = STORE_LIMIT_MS) =>
    ɵlimited(work, limitMs, scheduler).pipe(catchError(() => of(null)));
  return {
    read: (sub) => inTime(ɵstorageCall(() => notStored.get(sub) ?? storage.getItem(keyOf(sub)))),
    write: (sub, id) => {
      notStored.set(sub, id);
      const stored$ = ɵstorageCall(() =>
        id === '' ? storage.removeItem(keyOf(sub)) : storage.setItem(keyOf(sub), id),
      );
      return inTime(stored$.pipe(map(() => notStored.delete(sub))));
    },
    // Memory is this page's alone.
    alone: (sub, work) =>
      storage.shared === false
        ? work
        : inTime(locks.hold(keyOf(sub)), LOCK_LIMIT_MS).pipe(
            switchMap((release) => work.pipe(finalize(() => release?.()))),
          ),
  };
}
