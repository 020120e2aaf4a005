import { HttpClient, provideHttpClient, withInterceptors } from '@angular/common/http';
import {
  HttpTestingController,
  provideHttpClientTesting,
  type TestRequest,
} from '@angular/common/http/testing';
import {
  ChangeDetectionStrategy,
  Component,
  createEnvironmentInjector,
  EnvironmentInjector,
  inject,
} from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { provideRouter, Router, type Routes } from '@angular/router';
import { RouterTestingHarness } from '@angular/router/testing';
import {
  consumeReturnUrl,
  createAuthFetch,
  groupGuard,
  injectExpiresIn,
  provideSession,
  SESSION_LOGGER,
  sessionInterceptor,
  SessionService,
  signedInGuard,
  withLocalStorage,
  withLogger,
  withSignInRoute,
  withStorage,
  withTokenInjection,
  type SessionLogger,
} from 'ngx-cognito-session';
import { replaceProperty } from '../../../testing-support/replaced-global';
import { CountingStorage } from '../../../testing-support/counting-storage';
import { expectAnonymous, expectAuthorized } from './expect-authorized';
import { provideSessionTesting, type SessionTestingOptions } from './provide-session-testing';
import { SessionTestingController } from './session-testing-controller';

const API = 'https://api.example.com/me';

@Component({
  selector: 'app-greeting',
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `@if (session.user(); as user) {
      Hello {{ user.username }}, {{ left() }} s left
    } @else {
      Please sign in
    }`,
})
class Greeting {
  protected readonly session = inject(SessionService);
  protected readonly left = injectExpiresIn();
}

@Component({ selector: 'app-page', template: 'page', changeDetection: ChangeDetectionStrategy.OnPush })
class Page {}

const routes: Routes = [
  { path: 'sign-in', component: Page },
  { path: 'orders', canActivate: [signedInGuard], component: Page },
  { path: 'admin', canActivate: [groupGuard('admin', { denied: '/orders' })], component: Page },
];

/** An app as it is started for its users. */
const appProviders = [
  provideSession(
    { region: 'eu-central-1', clientId: 'of-the-app', userPoolId: 'eu-central-1_App' },
    withLocalStorage(),
    withTokenInjection({ attachTo: ['https://api.example.com'] }),
    withSignInRoute('/sign-in'),
  ),
  provideHttpClient(withInterceptors([sessionInterceptor])),
  provideRouter(routes),
];

function startWith(options: SessionTestingOptions = {}): SessionTestingController {
  TestBed.configureTestingModule({
    providers: [...appProviders, provideHttpClientTesting(), provideSessionTesting(options)],
  });
  return TestBed.inject(SessionTestingController);
}

function get(url = API): TestRequest {
  TestBed.inject(HttpClient)
    .get(url)
    .subscribe({ error: () => undefined });
  return TestBed.inject(HttpTestingController).expectOne(url);
}

describe('provideSessionTesting', () => {
  let restoreFetch = () => {};

  beforeEach(() => {
    localStorage.clear();
    restoreFetch = replaceProperty(globalThis, 'fetch', {
      value: () => {
        throw new Error('A test must not use the network.');
      },
    });
  });

  afterEach(() => {
    restoreFetch();
  });

  it('shows a component who is signed in, and what time does', async () => {
    const controller = startWith();
    const fixture = TestBed.createComponent(Greeting);
    const text = async () => {
      await fixture.whenStable();
      fixture.detectChanges();
      return (fixture.nativeElement as HTMLElement).textContent.trim();
    };
    const before = await text();

    controller.signIn({ username: 'alice' });
    const signedIn = await text();
    controller.advance(60_000);
    const later = await text();
    controller.signOut();

    expect([before, signedIn, later, await text()]).toEqual([
      'Please sign in',
      'Hello alice, 3600 s left',
      'Hello alice, 3540 s left',
      'Please sign in',
    ]);
  });

  it('lets guards decide, with the route of the app for those who are signed out', async () => {
    const controller = startWith();
    const harness = await RouterTestingHarness.create();
    const router = TestBed.inject(Router);
    const at = async (url: string) => {
      await harness.navigateByUrl(url);
      return router.url;
    };

    const signedOut = await at('/orders');
    const returnUrl = TestBed.runInInjectionContext(() => consumeReturnUrl());
    controller.signIn();
    const denied = await at('/admin');
    controller.signIn({ groups: ['admin'] });

    expect([signedOut, returnUrl, denied, await at('/admin')]).toEqual([
      '/sign-in',
      '/orders',
      '/orders',
      '/admin',
    ]);
  });

  it('keeps the rules of the app for tokens', () => {
    startWith({ user: {} });

    expectAuthorized(get());
    expectAnonymous(get('https://elsewhere.example.com/'));
  });

  it('puts the rules of the test in their place', () => {
    startWith({ user: {}, features: [withTokenInjection({ attachTo: ['/own'] })] });

    expectAnonymous(get());
    expectAuthorized(get('/own'));
  });

  it('sends a refused request once more, with a newer token', () => {
    const controller = startWith({ user: {} });
    // A token that has just been issued is sent again.
    controller.advance(3000);
    const refused = get();

    refused.flush(null, { status: 401, statusText: 'Unauthorized' });

    controller.expectRefresh();
    const again = TestBed.inject(HttpTestingController).expectOne(API);
    expectAuthorized(again);
    expect(again.request.headers.get('Authorization')).not.toBe(refused.request.headers.get('Authorization'));
  });

  it('serves createAuthFetch', async () => {
    startWith({ user: {} });
    const sent: Request[] = [];
    const authFetch = createAuthFetch(TestBed.inject(SessionService), {
      fetch: (input, init) => {
        sent.push(new Request(input, init));
        return Promise.resolve(new Response());
      },
    });

    await authFetch(API);

    expect(sent).toHaveLength(1);
    for (const request of sent) expectAuthorized(request);
  });

  it('touches neither the storage of the app nor the network', () => {
    const controller = startWith({ user: {} });

    controller.expire();
    const whileSignedIn = localStorage.length;
    controller.signOut();

    expect([whileSignedIn, localStorage.length]).toEqual([0, 0]);
  });

  it('keeps the session where the test says', () => {
    const storage = new CountingStorage();
    startWith({ features: [withStorage(storage)] }).signIn({ username: 'alice' });

    TestBed.resetTestingModule();
    startWith({ features: [withStorage(storage)] });

    expect(TestBed.inject(SessionService).user()?.username).toBe('alice');
  });

  it('issues tokens for the app client and the pool of the test', () => {
    const controller = startWith({ config: { clientId: 'mine', userPoolId: 'us-east-1_Mine' } });

    const { accessClaims } = controller.signIn();

    expect(accessClaims.client_id).toBe('mine');
    expect(accessClaims.iss).toMatch(/us-east-1_Mine$/);
  });

  it('does without the app’s own providers', () => {
    TestBed.configureTestingModule({ providers: [provideSessionTesting({ user: { username: 'alice' } })] });

    expect(TestBed.inject(SessionService).user()?.username).toBe('alice');
  });

  it('refuses a configuration as provideSession does', () => {
    expect(() => provideSessionTesting({ config: { endpoint: 'nowhere' } })).toThrow(/endpoint/);
  });

  it('logs mistakes of the set-up, and not how sessions fail', async () => {
    const logged: string[] = [];
    const undo = (['error', 'warn'] as const).map((level) =>
      replaceProperty(console, level, {
        value: (message: string) => {
          logged.push(`${level}: ${message}`);
        },
      }),
    );
    TestBed.configureTestingModule({ providers: [provideSessionTesting(), provideRouter(routes)] });
    const controller = TestBed.inject(SessionTestingController);
    controller.signIn();

    controller.failRefresh('networkError');
    controller.expire();
    controller.failRefresh('refreshTokenExpired');
    controller.advance(60_000);
    await RouterTestingHarness.create('/orders').catch(() => null);
    TestBed.inject(SESSION_LOGGER).warn('Something of a set-up.');
    for (const restore of undo) restore();

    expect(logged).toEqual([
      expect.stringMatching(/^error: .*withSignInRoute/),
      expect.stringMatching(/^warn: .*Something/),
    ]);
  });

  it('hands reports to the logger of the test', () => {
    const messages: string[] = [];
    const log = (message: string) => void messages.push(message);
    const logger: SessionLogger = { debug: log, warn: log, error: log };
    const controller = startWith({ user: {}, features: [withLogger(logger)] });

    controller.failRefresh('networkError');
    controller.expire();

    expect(messages).toContainEqual(expect.stringContaining('networkError'));
  });

  it('leaves nothing armed when the test is over', () => {
    const injector = createEnvironmentInjector(
      [provideSessionTesting({ user: {} })],
      TestBed.inject(EnvironmentInjector),
    );
    const controller = injector.get(SessionTestingController);
    injector.destroy();

    controller.advance(2 * 3_600_000);

    controller.expectNoRefresh();
  });
});
