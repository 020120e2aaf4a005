import { TestBed } from '@angular/core/testing';
import { provideRouter, Router } from '@angular/router';
import { provideSession, signedInGuard, withSignInRoute } from 'ngx-cognito-session';
import { managedLoginCallback } from './managed-login-callback';
import { managedLoginTarget } from './managed-login-target';
import { ManagedLogin } from './managed-login';

describe('without withManagedLogin', () => {
  beforeEach(() => {
    TestBed.configureTestingModule({
      providers: [
        provideSession({ region: 'eu-west-1', clientId: 'client1' }, withSignInRoute(managedLoginTarget())),
        provideRouter([
          { path: 'callback', canActivate: [managedLoginCallback], children: [] },
          { path: 'orders', canActivate: [signedInGuard], children: [] },
        ]),
      ],
    });
  });

  it.each([
    ['managedLoginCallback', '/callback'],
    ['managedLoginTarget', '/orders'],
  ])('%s names it in its message', async (_, url) => {
    const navigated = TestBed.inject(Router).navigateByUrl(url);

    await expect(navigated).rejects.toThrow('withManagedLogin');
    await expect(navigated).rejects.not.toThrow('LoginState');
  });

  it('inject(ManagedLogin) names it in its message', () => {
    expect(() => TestBed.inject(ManagedLogin)).toThrow('withManagedLogin');
  });
});
