import { Location } from '@angular/common';
import {
  ApplicationInitStatus,
  ChangeDetectionStrategy,
  Component,
  PLATFORM_ID,
  REQUEST,
} from '@angular/core';
import { TestBed } from '@angular/core/testing';
import {
  NavigationCancel,
  NavigationCancellationCode,
  NavigationEnd,
  provideRouter,
  Router,
  RouterOutlet,
  withEnabledBlockingInitialNavigation,
  type Route,
  type Routes,
} from '@angular/router';
import { RouterTestingHarness } from '@angular/router/testing';
import { of, Subject } from 'rxjs';
import { ManualTime } from '../../../testing-support/manual-time';
import { requestCookies } from '../../../testing-support/request-cookies';
import { startApp } from '../../../testing-support/session-app';
import { authTokens, CLIENT_ID } from '../../../testing-support/test-tokens';
import { turns } from '../../../testing-support/turns';
import {
  createSessionGuard,
  groupGuard,
  SessionGuard,
  signedInGuard,
  signedOutGuard,
  withCookieStorage,
  withServerRendering,
  withSignInRoute,
  type SessionFeature,
} from '../../public-api';
import { TOKEN_VERIFIER, type TokenVerifier } from '../cognito/token-verifier';

@Component({
  selector: 'app-secret',
  template: 'secret <router-outlet />',
  imports: [RouterOutlet],
  changeDetection: ChangeDetectionStrategy.OnPush,
})
class Secret {}

@Component({ selector: 'app-other', template: 'other page', changeDetection: ChangeDetectionStrategy.OnPush })
class Other {}

const GENUINE: TokenVerifier = { verify: () => of(undefined) };
const ORDER = '/orders/7?tab=2';

describe('a guard on a server that does not know the user', () => {
  let time: ManualTime;
  let resolved: number;

  beforeEach(() => {
    time = new ManualTime();
    resolved = 0;
  });

  /** One request. */
  function answer(
    routes: Routes,
    features: readonly SessionFeature[] = [],
    providers: Parameters<typeof startApp>[0]['providers'] = [],
  ) {
    const app = startApp({
      config: { region: 'eu-west-1', clientId: CLIENT_ID },
      time,
      features: [withCookieStorage(), withSignInRoute('/sign-in'), ...features],
      providers: [provideRouter(routes), { provide: PLATFORM_ID, useValue: 'server' }, ...providers],
    });
    return { ...app, router: TestBed.inject(Router), location: TestBed.inject(Location) };
  }

  async function navigate(url = ORDER): Promise<string> {
    const harness = await RouterTestingHarness.create();
    await harness.navigateByUrl(url);
    return (harness.fixture.nativeElement as HTMLElement).textContent;
  }

  const resolve = { orders: () => ++resolved };
  const guarded = (route: Route): Routes => [
    { path: 'orders', children: [{ path: ':id', component: Secret, resolve, ...route }] },
    { path: 'sign-in', component: Other },
    { path: '**', component: Other },
  ];

  it.each<readonly [string, Routes]>([
    ['canActivate', guarded({ canActivate: [signedInGuard] })],
    ['canMatch, although another route fits', guarded({ canMatch: [signedInGuard] })],
    ['a guard of a group', guarded({ canActivate: [groupGuard('admins', { denied: '/sign-in' })] })],
    ['a guard of the app', guarded({ canMatch: [createSessionGuard(() => true)] })],
    ['the class', guarded({ canActivate: [SessionGuard] })],
    ['a guard for users who are signed out', guarded({ canMatch: [signedOutGuard] })],
    ['several guards', guarded({ canMatch: [signedInGuard], canActivate: [signedInGuard, signedInGuard] })],
    [
      'canActivateChild',
      [
        {
          path: 'orders',
          component: Secret,
          canActivateChild: [signedInGuard],
          children: [{ path: ':id', component: Secret, resolve }],
        },
      ],
    ],
    [
      'a page that the routes redirect to',
      [
        { path: 'orders/:id', redirectTo: '/all' },
        { path: 'all', component: Secret, resolve, canActivate: [signedInGuard] },
      ],
    ],
  ])('renders the app without the page, without another one and without its data: %s', async (_, routes) => {
    const { router, location, logged } = answer(routes);
    const before = location.path();

    const shown = await navigate();

    expect(shown).toBe('');
    expect([resolved, router.url, location.path(), logged]).toEqual([0, '/', before, []]);
  });

  it('ends in a navigation that succeeds, because a cancelled one is an error for @angular/ssr', async () => {
    const { router } = answer(guarded({ canActivate: [signedInGuard] }));
    const ends: unknown[] = [];
    router.events.subscribe((event) => {
      if (event instanceof NavigationCancel) ends.push(event.code);
      if (event instanceof NavigationEnd) ends.push('end');
    });

    await navigate();

    expect(ends).toEqual([NavigationCancellationCode.Redirect, 'end']);
    expect(router.lastSuccessfulNavigation()?.finalUrl).toBeDefined();
  });

  it('leaves the routes of the app as they are', async () => {
    const { router } = answer(guarded({ canMatch: [signedInGuard], canActivate: [signedInGuard] }));
    const paths = router.config.map(({ path }) => path);

    await navigate();
    const afterwards = router.config.map(({ path }) => path);

    expect(afterwards).toEqual(paths);
  });

  it('leaves a page without a guard alone', async () => {
    answer(guarded({ canActivate: [signedInGuard] }));

    expect(await navigate('/elsewhere')).toBe('other page');
  });

  it('does the same if the app asks for it', async () => {
    answer(guarded({ canMatch: [signedInGuard] }), [withServerRendering({ guards: 'defer' })]);

    expect(await navigate()).toBe('');
  });

  describe('whose cookies are still being verified', () => {
    const request = (iat: number): Request =>
      new Request('https://app.example/', {
        headers: { cookie: requestCookies({ clientId: CLIENT_ID, tokens: authTokens({ iat }) }) },
      });

    it('waits for the verification: with a blocking initial navigation both run at the same time', async () => {
      const verdict = new Subject<void>();
      let calls = 0;
      const verify = () => {
        calls++;
        return verdict;
      };
      const page: Route = { path: '', component: Secret, canActivate: [signedInGuard], resolve };
      answer(
        [],
        [],
        [
          provideRouter([page], withEnabledBlockingInitialNavigation()),
          { provide: REQUEST, useValue: request(time.now() / 1000) },
          { provide: TOKEN_VERIFIER, useValue: { verify } satisfies TokenVerifier },
        ],
      );
      await turns();
      const before = resolved;

      verdict.next();
      await TestBed.inject(ApplicationInitStatus).donePromise;

      expect([before, resolved, calls]).toEqual([0, 1, 1]);
    });

    it('gets the real answer', async () => {
      answer(
        guarded({ canActivate: [signedInGuard] }),
        [],
        [
          { provide: REQUEST, useValue: request(time.now() / 1000) },
          { provide: TOKEN_VERIFIER, useValue: GENUINE },
        ],
      );

      expect(await navigate()).toContain('secret');
    });
  });
});
