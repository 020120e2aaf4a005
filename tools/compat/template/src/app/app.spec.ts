import { HttpClient, provideHttpClient, withInterceptors } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { provideRouter, Router } from '@angular/router';
import { RouterTestingHarness } from '@angular/router/testing';
import {
  provideSession,
  sessionInterceptor,
  SessionService,
  withSignInRoute,
  withTokenInjection,
} from 'ngx-cognito-session';
import { firstValueFrom } from 'rxjs';
import { App } from './app';
import { routes } from './app.routes';

const encode = (value: object) => btoa(JSON.stringify(value)).replace(/=+$/, '');

/** What Cognito would issue, but for the signature. */
function accessToken(): string {
  const iat = Math.floor(Date.now() / 1000);
  const claims = {
    ...{ sub: 'a1b2', username: 'alice', token_use: 'access', client_id: '1example23456789' },
    ...{ iss: 'https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Example01', iat, exp: iat + 3600 },
  };
  return [encode({ alg: 'RS256', kid: 'k1' }), encode(claims), 'c2lnbmF0dXJl'].join('.');
}

const signIn = (token: string) =>
  firstValueFrom(TestBed.inject(SessionService).setTokens({ access_token: token }));

describe('an app with the library', () => {
  beforeEach(() => {
    TestBed.configureTestingModule({
      providers: [
        provideRouter(routes),
        provideHttpClient(withInterceptors([sessionInterceptor])),
        provideHttpClientTesting(),
        provideSession(
          { region: 'eu-west-1', userPoolId: 'eu-west-1_Example01', clientId: '1example23456789' },
          withTokenInjection({ attachTo: ['https://api.example.com'] }),
          withSignInRoute('/sign-in'),
        ),
      ],
    });
  });

  it('shows who is signed in', async () => {
    const fixture = TestBed.createComponent(App);
    fixture.autoDetectChanges();
    await fixture.whenStable();
    const text = () => (fixture.nativeElement as HTMLElement).textContent;
    expect(text()).toContain('No user is signed in');

    await signIn(accessToken());
    await fixture.whenStable();

    expect(text()).toContain('alice is signed in');
  });

  it('keeps a page for people who are signed in', async () => {
    const harness = await RouterTestingHarness.create('/account');
    expect(TestBed.inject(Router).url).toContain('/sign-in');

    await signIn(accessToken());
    await harness.navigateByUrl('/account');

    expect(TestBed.inject(Router).url).toBe('/account');
    expect(harness.routeNativeElement?.textContent).toContain('alice');
  });

  it('sends the access token to the API, and nowhere else', async () => {
    const token = accessToken();
    await signIn(token);
    const http = TestBed.inject(HttpClient);
    const backend = TestBed.inject(HttpTestingController);

    const answers = ['https://api.example.com/me', 'https://other.example.com/me'].map((url) =>
      firstValueFrom(http.get(url)),
    );
    await firstValueFrom(TestBed.inject(SessionService).getAccessToken());
    const [ours, theirs] = ['https://api.example.com/me', 'https://other.example.com/me'].map((url) =>
      backend.expectOne(url),
    );
    ours?.flush({});
    theirs?.flush({});
    await Promise.all(answers);

    expect(ours?.request.headers.get('Authorization')).toBe(`Bearer ${token}`);
    expect(theirs?.request.headers.has('Authorization')).toBe(false);
  });
});
