import {
  HTTP_INTERCEPTORS,
  HttpClient,
  provideHttpClient,
  withInterceptorsFromDi,
} from '@angular/common/http';
import {
  ChangeDetectionStrategy,
  Component,
  inject,
  NgModule,
  type ModuleWithProviders,
} from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { Router, RouterModule, type Routes } from '@angular/router';
import { RouterTestingHarness } from '@angular/router/testing';
import { startSampleApi, type SampleApi } from 'local-services';
import { firstValueFrom } from 'rxjs';
import { CountingStorage } from '../../../testing-support/counting-storage';
import { emulatedApp, REFRESH, SECOND } from '../../../testing-support/emulated-app';
import { configFor } from '../../../testing-support/session-app';
import {
  SESSION_CLOCK,
  SessionError,
  SessionGuard,
  SessionInterceptor,
  SessionModule,
  SessionService,
  withSignInRoute,
  withStorage,
  withTokenInjection,
} from '../../public-api';
import { SESSION_SCHEDULER } from '../platform/session-scheduler';

/** The services that lazy parts of the app got. */
let lazyServices: SessionService[] = [];

@Component({
  selector: 'app-lazy-page',
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: 'lazy',
})
class LazyPage {
  readonly http = inject(HttpClient);

  constructor() {
    lazyServices.push(inject(SessionService));
  }
}

@Component({ selector: 'app-sign-in', template: 'sign in', changeDetection: ChangeDetectionStrategy.OnPush })
class SignIn {}

@NgModule({
  // What people write although it is not needed.
  imports: [SessionModule, RouterModule.forChild([{ path: '', component: LazyPage }])],
})
class LazyModule {}

/** A module that makes the mistake of `forRoot` in a lazy module. */
function lazyModuleWith(session: ModuleWithProviders<SessionModule>): () => Promise<unknown> {
  @NgModule({ imports: [session, RouterModule.forChild([{ path: '', component: SignIn }])] })
  class MistakenModule {}
  return () => Promise.resolve(MistakenModule);
}

describe('an app of NgModules', () => {
  const app = emulatedApp();
  let api: SampleApi;

  beforeEach(async () => {
    lazyServices = [];
    sessionStorage.clear();
    api = await startSampleApi({ emulator: app.emulator });
  });

  afterEach(() => api.close());

  function open(more: Routes = []): { readonly session: SessionService; readonly router: Router } {
    const routes: Routes = [
      { path: 'sign-in', component: SignIn },
      { path: 'one', canActivate: [SessionGuard], loadChildren: () => Promise.resolve(LazyModule) },
      { path: 'two', canMatch: [SessionGuard], loadChildren: () => Promise.resolve(LazyModule) },
      ...more,
    ];

    @NgModule({
      imports: [
        RouterModule.forRoot(routes),
        SessionModule.forRoot(
          () => Promise.resolve(configFor(app.emulator)),
          withStorage(new CountingStorage()),
          withSignInRoute('/sign-in'),
          withTokenInjection({ attachTo: [`${api.url}/api`] }),
        ),
      ],
      providers: [
        provideHttpClient(withInterceptorsFromDi()),
        { provide: HTTP_INTERCEPTORS, useClass: SessionInterceptor, multi: true },
        { provide: SESSION_CLOCK, useValue: app.time },
        { provide: SESSION_SCHEDULER, useValue: app.time.scheduler },
      ],
    })
    class AppModule {}

    TestBed.configureTestingModule({ imports: [AppModule] });
    return { session: TestBed.inject(SessionService), router: TestBed.inject(Router) };
  }

  async function signIn(session: SessionService): Promise<void> {
    await firstValueFrom(session.setTokens(await app.emulator.signIn('alice')));
  }

  it('has one session, however many lazy modules are loaded', async () => {
    const { session } = open();
    await signIn(session);
    const harness = await RouterTestingHarness.create();

    await harness.navigateByUrl('/one', LazyPage);
    await harness.navigateByUrl('/two', LazyPage);

    expect(lazyServices.map((lazy) => lazy === session)).toEqual([true, true]);
  });

  it.each(['/one?x=1#f', '/two?x=1#f'])('is guarded by a class (%s)', async (url) => {
    const { router } = open();
    const harness = await RouterTestingHarness.create();

    await harness.navigateByUrl(url);

    expect(router.url).toBe('/sign-in');
    expect(lazyServices).toEqual([]);
  });

  it('refuses a second session in a lazy module, and keeps the first', async () => {
    const second = SessionModule.forRoot(configFor(app.emulator, { clientId: 'another' }));
    const { session, router } = open([
      { path: 'mistake', loadChildren: lazyModuleWith(second) as () => Promise<typeof LazyModule> },
    ]);
    await signIn(session);

    const loading = router.navigateByUrl('/mistake');

    await expect(loading).rejects.toBeInstanceOf(SessionError);
    await expect(loading).rejects.toMatchObject({ code: 'invalidConfiguration' });
    expect(session.isSignedIn()).toBe(true);
  });

  it('puts tokens on the requests of lazy modules, and retries a 401 with a new one', async () => {
    const { session } = open();
    await signIn(session);
    const harness = await RouterTestingHarness.create();
    const page = await harness.navigateByUrl('/two', LazyPage);
    const first = await firstValueFrom(page.http.get<{ username: string }>(`${api.url}/api/hello`));
    app.time.advance(3 * SECOND);
    api.rejectNext();

    const second = await firstValueFrom(page.http.get<{ username: string }>(`${api.url}/api/hello`));

    expect([first.username, second.username]).toEqual(['alice', 'alice']);
    expect(app.emulator.log.count(REFRESH)).toBe(1);
  });
});
