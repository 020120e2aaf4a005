import {
  createEnvironmentInjector,
  DestroyRef,
  EnvironmentInjector,
  inject,
  InjectionToken,
  type Provider,
} from '@angular/core';
import { catchError, map, switchMap, type Observable } from 'rxjs';
import { CheckedConfig } from '../config/checked-config';
import { RESOLVED_CONFIG, resolveConfig, type ResolvedConfig } from '../config/resolved-config';
import { PAGE_ACTIVATION } from '../platform/page-activation';
import { shareRun } from '../platform/share-run';
import { StoredRecord } from '../storage/stored-record';
import { toSessionError } from './failure-report';
import { SESSION_INJECTOR } from './refresher';
import { SERVER_RESTORE } from './server-restore';
import { SessionRefresh } from './session-refresh';
import { SessionStart } from './session-start';
import { SessionSync } from './session-sync';
import { SignIn } from './sign-in';
import { SignOut } from './sign-out';

/** The use cases of a session whose configuration is known. */
export class SessionLifecycle {
  readonly start = inject(SessionStart);
  readonly signIn = inject(SignIn);
  readonly signOut = inject(SignOut);
  readonly refresh = inject(SessionRefresh);
  readonly sync = inject(SessionSync);
  readonly record = inject(StoredRecord);
  readonly serverRestore = inject(SERVER_RESTORE, { optional: true });
}

/** Everything that a configured session is made of; a feature may add to it, or replace a part. */
export const LIFECYCLE_PROVIDERS = new InjectionToken<Provider[]>('LIFECYCLE_PROVIDERS');

/** Makes the use cases when the configuration is there, in an injector of their own. */
export class ConfiguredSession {
  readonly #parent = inject(EnvironmentInjector);
  readonly #providers = inject(LIFECYCLE_PROVIDERS);
  readonly #destroyRef = inject(DestroyRef);
  readonly #config = inject(CheckedConfig);

  /**
   * Replays the use cases, in the task of the call unless the configuration is a promise or the page is prerendered.
   * Errors, always with the same error, if the configuration failed, or a storage or transport of the app threw when it was
   * made.
   */
  readonly lifecycle$: Observable<SessionLifecycle> = inject(PAGE_ACTIVATION).pipe(
    switchMap(() => this.#config.config$),
    map((config) => this.#create(resolveConfig(config))),
    catchError((error: unknown) => {
      throw toSessionError(error);
    }),
    shareRun(),
  );

  #create(config: ResolvedConfig): SessionLifecycle {
    const injector = createEnvironmentInjector(
      [
        ...this.#providers,
        { provide: RESOLVED_CONFIG, useValue: config },
        { provide: SESSION_INJECTOR, useValue: this.#parent },
      ],
      this.#parent,
      'ngx-cognito-session',
    );
    try {
      const lifecycle = injector.get(SessionLifecycle);
      this.#destroyRef.onDestroy(() => injector.destroy());
      return lifecycle;
    } catch (error) {
      injector.destroy();
      throw error;
    }
  }
}
