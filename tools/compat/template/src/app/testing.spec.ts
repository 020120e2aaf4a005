import { HttpClient, provideHttpClient, withInterceptors } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { provideRouter, Router } from '@angular/router';
import { RouterTestingHarness } from '@angular/router/testing';
import {
  consumeReturnUrl,
  sessionInterceptor,
  SessionService,
  withSignInRoute,
  withTokenInjection,
} from 'ngx-cognito-session';
import {
  createTestTokens,
  expectAnonymous,
  expectAuthorized,
  provideSessionTesting,
  SessionTestingController,
} from 'ngx-cognito-session/testing';
import { App } from './app';
import { appConfig } from './app.config';
import { routes } from './app.routes';

const API = 'https://api.example.com/me';

describe('an app with the testing support of the library', () => {
  let controller: SessionTestingController;

  beforeEach(() => {
    TestBed.configureTestingModule({
      providers: [
        provideRouter(routes),
        provideHttpClient(withInterceptors([sessionInterceptor])),
        provideHttpClientTesting(),
        provideSessionTesting({
          features: [
            withTokenInjection({ attachTo: ['https://api.example.com'] }),
            withSignInRoute('/sign-in'),
          ],
        }),
      ],
    });
    controller = TestBed.inject(SessionTestingController);
  });

  it('has the change detection that this run is for', () => {
    expect('Zone' in globalThis).toBe(Reflect.get(globalThis, 'isRunWithZone') === true);
  });

  it('shows a component who is signed in', async () => {
    const fixture = TestBed.createComponent(App);
    fixture.autoDetectChanges();
    const shown = async () => {
      await fixture.whenStable();
      return (fixture.nativeElement as HTMLElement).textContent;
    };
    const before = await shown();

    controller.signIn({ username: 'alice', groups: ['admin'] });
    const signedIn = await shown();
    controller.signOut();

    expect(before).toContain('No user is signed in');
    expect(signedIn).toContain('alice is signed in');
    expect(await shown()).toContain('No user is signed in');
  });

  it('takes tokens that the app itself hands over', () => {
    TestBed.inject(SessionService).setTokens(createTestTokens({ username: 'alice' }));

    expect(TestBed.inject(SessionService).user()?.username).toBe('alice');
  });

  it('guards a page', async () => {
    const harness = await RouterTestingHarness.create('/account');
    const turnedTo = TestBed.inject(Router).url;
    const returnUrl = TestBed.runInInjectionContext(() => consumeReturnUrl());

    controller.signIn({ username: 'alice' });
    await harness.navigateByUrl('/account');

    expect([turnedTo, returnUrl]).toEqual(['/sign-in', '/account']);
    expect(harness.routeNativeElement?.textContent).toContain('alice');
  });

  it('sends tokens to the API, and nowhere else', () => {
    controller.signIn();
    const http = TestBed.inject(HttpClient);
    const backend = TestBed.inject(HttpTestingController);

    http.get(API).subscribe();
    http.get('https://other.example.com/me').subscribe();

    expectAuthorized(backend.expectOne(API));
    expectAnonymous(backend.expectOne('https://other.example.com/me'));
  });

  it('renews and sends once more what the API has refused', () => {
    controller.signIn();
    // A younger token is sent again instead: the clock of the API may be behind.
    controller.advance(3000);
    const backend = TestBed.inject(HttpTestingController);
    const answers: unknown[] = [];
    TestBed.inject(HttpClient)
      .get(API)
      .subscribe((answer) => answers.push(answer));

    backend.expectOne(API).flush(null, { status: 401, statusText: 'Unauthorized' });
    controller.expectRefresh();
    const again = backend.expectOne(API);
    expectAuthorized(again);
    again.flush({ name: 'alice' });

    expect(answers).toEqual([{ name: 'alice' }]);
  });

  it('lets tokens expire, with and without success', () => {
    const session = TestBed.inject(SessionService);
    controller.signIn();

    controller.expire();
    const renewed = session.session()?.isValid();
    controller.failRefresh('throttled');
    controller.expire();
    const throttled = session.state();
    controller.failRefresh('refreshTokenExpired');
    controller.advance(60_000);

    expect(renewed).toBe(true);
    expect(throttled).toMatchObject({ status: 'stale', error: { code: 'throttled' } });
    expect(session.state()).toEqual({ status: 'signedOut', reason: 'refreshTokenExpired' });
  });

  it('sets no timer', () => {
    const armed: string[] = [];
    const originals = { setTimeout: globalThis.setTimeout, setInterval: globalThis.setInterval };
    const watched = (name: keyof typeof originals) => () => armed.push(name);
    Object.assign(globalThis, {
      setTimeout: watched('setTimeout'),
      setInterval: watched('setInterval'),
    });

    try {
      controller.signIn();
      controller.advance(2 * 3_600_000);
      controller.holdRefresh();
      controller.expire();
      controller.signOut();
    } finally {
      Object.assign(globalThis, originals);
    }

    expect(armed).toEqual([]);
  });

  it('keeps the rules of the app when it stands behind its providers', () => {
    TestBed.resetTestingModule().configureTestingModule({
      providers: [
        ...appConfig.providers,
        provideHttpClientTesting(),
        provideSessionTesting({ user: { username: 'alice' } }),
      ],
    });

    TestBed.inject(HttpClient).get(API).subscribe();

    expectAuthorized(TestBed.inject(HttpTestingController).expectOne(API));
  });
});
