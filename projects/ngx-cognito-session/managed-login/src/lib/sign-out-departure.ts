import { DestroyRef, inject } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { ɵLEAVE_PAGE, ɵSESSION_SCHEDULER, ɵWAKE_SIGNALS } from 'ngx-cognito-session';
import { ignoreElements, merge, race, switchMap, take, tap, timer, type Observable } from 'rxjs';
import type { AppUrls } from './app-urls';
import { Attempts } from './attempts';
import { domainOf } from './domain-of';
import { withoutFragment } from './login-settings';
import type { LoginConfigs, LoginSource } from './login-source';
import { LoginState } from './login-state';

/** A storage that takes longer is cleared by the next page: the sign-out is marked. Nor is an answer of Cognito waited for longer. */
const STORAGE_LIMIT_MS = 2000;
/** A page that exists for longer is not left: the user has chosen to stay, or the app is native and managed login opens elsewhere. */
const STAYED_MS = 10_000;

/** Leaves the app for the sign-out of managed login. Needs an injection context. */
export class SignOutDeparture {
  readonly #attempts = new Attempts();
  readonly #state = inject(LoginState);
  readonly #leave = inject(ɵLEAVE_PAGE);
  readonly #scheduler = inject(ɵSESSION_SCHEDULER);
  readonly #wakeSignals = inject(ɵWAKE_SIGNALS);
  readonly #destroyRef = inject(DestroyRef);

  constructor(
    private readonly source: LoginSource,
    private readonly urls: AppUrls,
  ) {}

  /** Cold; completes when the page is being left. `ended$`: nothing here remains to be done. */
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
    this.#attempts.keepSignOut(clientId, true);
    const logoutUri = withoutFragment(config.logoutUri ?? this.urls.of('/'), 'logoutUri');
    const query = new URLSearchParams({ client_id: clientId, logout_uri: logoutUri });
    const url = `${domainOf(config)}/logout?${query.toString()}`;
    merge(this.#wakeSignals, timer(STAYED_MS, this.#scheduler))
      .pipe(take(1), takeUntilDestroyed(this.#destroyRef))
      .subscribe(() => {
        this.#state.stay();
      });
    this.#leave(url, false);
  }
}
