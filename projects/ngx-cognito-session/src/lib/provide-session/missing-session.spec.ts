import { HttpClient, provideHttpClient, withInterceptors } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { inject, Injector } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { provideRouter, Router, type Route } from '@angular/router';
import {
  consumeReturnUrl,
  createAuthFetch,
  createSessionGuard,
  groupGuard,
  injectExpiresIn,
  injectSignedOutReason,
  SessionGuard,
  sessionInterceptor,
  SessionService,
  signedInGuard,
  signedOutGuard,
} from '../../public-api';

const INTERNALS = /LiveTokens|SessionStore|CheckedConfig|GUARD_MEMORY|ConfiguredSession/;

describe('without provideSession', () => {
  it.each<readonly [string, () => unknown]>([
    ['inject(SessionService)', () => inject(SessionService)],
    ['createAuthFetch', () => createAuthFetch(inject(SessionService))],
    ['injectExpiresIn', () => injectExpiresIn()],
    ['injectSignedOutReason', () => injectSignedOutReason()],
    ['consumeReturnUrl', () => consumeReturnUrl()],
    ['consumeReturnUrl with an injector', () => consumeReturnUrl({ injector: inject(Injector) })],
  ])('%s names it in its message', (_, use) => {
    const run = () => TestBed.runInInjectionContext(use);

    expect(run).toThrow('provideSession');
    expect(run).not.toThrow(INTERNALS);
  });

  it.each<readonly [string, Route]>([
    ['signedInGuard', { canActivate: [signedInGuard] }],
    ['signedOutGuard', { canActivate: [signedOutGuard] }],
    ['groupGuard', { canMatch: [groupGuard('admins')] }],
    ['createSessionGuard', { canActivate: [createSessionGuard(() => true)] }],
    ['SessionGuard', { canActivate: [SessionGuard] }],
  ])('%s names it in its message', async (_, route) => {
    TestBed.configureTestingModule({
      providers: [provideRouter([{ path: 'area', ...route, children: [] }])],
    });
    const navigated = TestBed.inject(Router).navigateByUrl('/area');

    await expect(navigated).rejects.toThrow('provideSession');
    await expect(navigated).rejects.not.toThrow(INTERNALS);
  });

  it('sessionInterceptor passes requests on', () => {
    TestBed.configureTestingModule({
      providers: [provideHttpClient(withInterceptors([sessionInterceptor])), provideHttpClientTesting()],
    });
    TestBed.inject(HttpClient).get('/api').subscribe();

    expect(TestBed.inject(HttpTestingController).expectOne('/api').request.headers.keys()).toEqual([]);
  });

  it('an optional service is null', () => {
    expect(TestBed.runInInjectionContext(() => inject(SessionService, { optional: true }))).toBeNull();
  });
});
