import { DestroyRef, DOCUMENT, inject } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { ɵLEAVE_PAGE, ɵSESSION_SCHEDULER, ɵWAKE_SIGNALS } from 'ngx-cognito-session';
import { filter, ignoreElements, race, switchMap, take, tap, timer, type Observable } from 'rxjs';
import { domainOf } from './domain-of';
import type { LoginConfigs, LoginSource } from './login-source';
import { LoginState } from './login-state';
import { storageKey } from './storage-keys';

/** A storage that takes longer is cleared by the next page: the sign-out is marked. */
const STORAGE_LIMIT_MS = 2000;

/** Leaves the app for the sign-out of managed login. Needs an injection context. */
export class SignOutDeparture {
  readonly #state = inject(LoginState);
  readonly #leave = inject(ɵLEAVE_PAGE);
  readonly #window = inject(DOCUMENT).defaultView;
  readonly #scheduler = inject(ɵSESSION_SCHEDULER);
  readonly #wakeSignals = inject(ɵWAKE_SIGNALS);
  readonly #destroyRef = inject(DestroyRef);

  constructor(private readonly source: LoginSource) {}

  /** Cold; completes when the page is being left. `ended$`: the session here has ended. */
  after(ended$: Observable<unknown>): Observable<never> {
    return this.source.configs$.pipe(
      switchMap((configs) =>
        race(ended$, timer(STORAGE_LIMIT_MS, this.#scheduler)).pipe(
          tap(() => {
            this.#go(configs);
          }),
        ),
      ),
      ignoreElements(),
    );
  }

  #go([{ clientId }, config]: LoginConfigs): void {
    try {
      this.#window?.sessionStorage.setItem(storageKey(clientId, 'sign-in-again'), '1');
    } catch {
      // Blocked by the browser.
    }
    const { logoutUri = this.source.urlOf('/') } = config;
    const query = new URLSearchParams({ client_id: clientId, logout_uri: logoutUri });
    const url = `${domainOf(config)}/logout?${query.toString()}`;
    this.#wakeSignals
      .pipe(
        filter((signal) => signal === 'pageshow'),
        take(1),
        takeUntilDestroyed(this.#destroyRef),
      )
      .subscribe(() => {
        this.#state.stay();
      });
    this.#leave(url, false);
  }
}
