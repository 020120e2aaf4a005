import { inject, InjectionToken, NgModule, type ModuleWithProviders } from '@angular/core';
import type { SessionConfigSource } from '../config/session-config';
import { SessionError } from '../errors/session-error';
import { provideSession } from './provide-session';
import type { SessionFeature } from './session-feature';
import { SessionService } from '../session-service/session-service';

/** Whether the session of an injector comes from `forRoot`. */
const FOR_ROOT = new InjectionToken<true>('FOR_ROOT');

/**
 * The set-up for apps that use NgModules: the same as `provideSession`, and there is one session however many
 * modules are loaded. A lazy module imports nothing. It injects `SessionService` and uses `SessionGuard` like other
 * modules. Throws `invalidConfiguration` when `forRoot` is used below a session: that would be a second one.
 *
 * ```ts
 * @NgModule({
 *   imports: [
 *     BrowserModule,
 *     RouterModule.forRoot(routes),
 *     SessionModule.forRoot({ region: 'eu-west-1', clientId: 'abc123' }, withLocalStorage(), withSignInRoute('/sign-in')),
 *   ],
 *   providers: [provideHttpClient(withInterceptorsFromDi()), { provide: HTTP_INTERCEPTORS, useClass: SessionInterceptor, multi: true }],
 *   bootstrap: [App],
 * })
 * export class AppModule {}
 * ```
 */
@NgModule()
export class SessionModule {
  constructor() {
    const isForRoot = inject(FOR_ROOT, { optional: true, self: true }) !== null;
    if (isForRoot && inject(SessionService, { optional: true, skipSelf: true }) !== null)
      throw new SessionError(
        'invalidConfiguration',
        'SessionModule.forRoot is for the root module: this app has a session already.',
      );
  }

  /** Configuration and features as for `provideSession`. */
  static forRoot(
    config: SessionConfigSource,
    ...features: SessionFeature[]
  ): ModuleWithProviders<SessionModule> {
    return {
      ngModule: SessionModule,
      providers: [provideSession(config, ...features), { provide: FOR_ROOT, useValue: true }],
    };
  }
}
