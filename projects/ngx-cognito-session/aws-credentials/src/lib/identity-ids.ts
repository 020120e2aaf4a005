import { inject, InjectionToken } from '@angular/core';
import {
  IndexedDbStorage,
  ɵATTEMPT_LOCKS,
  ɵlimited,
  ɵSESSION_SCHEDULER,
  ɵstorageCall,
  type StorageAdapter,
} from 'ngx-cognito-session';
import {
  catchError,
  finalize,
  forkJoin,
  map,
  of,
  switchMap,
  take,
  tap,
  timeout,
  type Observable,
} from 'rxjs';
import { STORE_LIMIT_MS } from './numbers';
import { GUEST } from './owner';
import { RESOLVED_OPTIONS } from './resolved-options';

declare const ngDevMode: unknown;

/** Where identity ids are stored: the library's database. Nothing secret is in it. */
export const IDENTITY_STORAGE = new InjectionToken<StorageAdapter>(
  typeof ngDevMode === 'undefined' || ngDevMode ? 'IDENTITY_STORAGE' : '',
  { providedIn: 'root', factory: () => new IndexedDbStorage() },
);

/** An identity id to ask credentials for. */
export interface FoundId {
  readonly id: string;
  /** Whether the identity pool named it just now. */
  readonly isNew: boolean;
}

/** The identity ids of this origin, by identity pool and user. A guest has the user `''`. Nothing here errors, except `getId`. */
export class IdentityIds {
  readonly #storage = inject(IDENTITY_STORAGE);
  readonly #locks = inject(ɵATTEMPT_LOCKS);
  readonly #scheduler = inject(ɵSESSION_SCHEDULER);
  readonly #options = inject(RESOLVED_OPTIONS);
  /** Changes that the storage did not take; `null`: removed. */
  readonly #notStored = new Map<string, string | null>();

  /**
   * Cold; one value: the stored id, or the one that `getId` gets, which is stored. A guest's id comes first for a user: sent with
   * the user's logins, it is linked to the user. Of all tabs one gets an id. The `refused` ids are forgotten.
   */
  find(sub: string, refused: readonly string[], getId: Observable<string>): Observable<FoundId> {
    return this.#alone(
      sub,
      this.#read(sub).pipe(
        switchMap((stored) => {
          const isRefused = ([, id]: readonly [string, string | null]) => id !== null && refused.includes(id);
          const [known] = stored.filter((entry) => !isRefused(entry)).flatMap(([, id]) => id ?? []);
          return this.#changeAll(stored.filter(isRefused).map(([user]) => [user, null])).pipe(
            switchMap(() =>
              known === undefined ? this.#obtain(sub, refused, getId) : of({ id: known, isNew: false }),
            ),
          );
        }),
      ),
    );
  }

  /** Cold; one value. Credentials of this identity have arrived: it is the user's, and no longer a guest's. */
  settle(sub: string, id: string): Observable<unknown> {
    return this.#read(sub).pipe(
      switchMap((stored) =>
        this.#changeAll(
          stored
            .map(([user, known]) => [user, user === sub ? id : null, known] as const)
            .filter(([, wanted, known]) => wanted !== known)
            .map(([user, wanted]) => [user, wanted]),
        ),
      ),
    );
  }

  #obtain(sub: string, refused: readonly string[], getId: Observable<string>): Observable<FoundId> {
    return getId.pipe(
      switchMap((id) =>
        this.#changeAll(refused.includes(id) ? [] : [[sub, id]]).pipe(map(() => ({ id, isNew: true }))),
      ),
    );
  }

  /** The guest's id, if guests are allowed, and the user's own. */
  #read(sub: string): Observable<readonly (readonly [user: string, id: string | null])[]> {
    const users = this.#options.guests === true && sub !== GUEST ? [GUEST, sub] : [sub];
    return forkJoin(
      users.map((user) => {
        const key = this.#key(user);
        const notStored = this.#notStored.get(key);
        const id$ =
          notStored === undefined ? this.#call(() => this.#storage.getItem(key), null) : of(notStored);
        return id$.pipe(map((id) => [user, id] as const));
      }),
    );
  }

  #changeAll(changes: readonly (readonly [user: string, id: string | null])[]): Observable<unknown> {
    if (changes.length === 0) return of(null);
    return forkJoin(
      changes.map(([user, id]) => {
        const key = this.#key(user);
        const change = (): Promise<void> | void =>
          id === null ? this.#storage.removeItem(key) : this.#storage.setItem(key, id);
        this.#notStored.set(key, id);
        return this.#call(() => {
          const done = change();
          return done === undefined ? true : done.then(() => true);
        }, false).pipe(
          tap((isStored) => {
            if (isStored) this.#notStored.delete(key);
          }),
        );
      }),
    );
  }

  #call<T>(call: () => T | PromiseLike<T>, otherwise: T): Observable<T> {
    return ɵlimited(ɵstorageCall(call), STORE_LIMIT_MS, this.#scheduler).pipe(
      catchError(() => of(otherwise)),
    );
  }

  /** Under the lock of these users, if it is granted in time. Memory is this page's alone. */
  #alone<T>(sub: string, work: Observable<T>): Observable<T> {
    if (this.#storage.shared === false) return work;
    return this.#locks.hold(this.#key(sub)).pipe(
      timeout({ first: STORE_LIMIT_MS, scheduler: this.#scheduler, with: () => of(null) }),
      take(1),
      switchMap((release) => work.pipe(finalize(() => release?.()))),
    );
  }

  #key(user: string): string {
    return `aws-identity:${this.#options.identityPoolId}:${user}`;
  }
}
