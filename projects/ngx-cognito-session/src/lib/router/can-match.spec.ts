import { ChangeDetectionStrategy, Component } from '@angular/core';
import { RouterOutlet, type Route, type Routes } from '@angular/router';
import { guardedApp, Page } from '../../../testing-support/guarded-app';
import { groupGuard, signedInGuard } from '../../public-api';

@Component({
  selector: 'app-guarded',
  template: 'guarded <router-outlet />',
  imports: [RouterOutlet],
  changeDetection: ChangeDetectionStrategy.OnPush,
})
class Guarded {}

@Component({
  selector: 'app-open',
  template: 'open to all',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
class Open {}

const SIGN_IN = { path: 'sign-in', component: Open };
const adminsOnly = groupGuard('admins', { denied: '/' });

describe('a guard as canMatch', () => {
  const app = guardedApp();
  const shown = () => document.body.textContent;

  describe('in front of a shell that fits every path', () => {
    let loads: number;
    const inner: Routes = [
      {
        path: '',
        component: Guarded,
        children: [
          { path: 'orders', component: Page },
          { path: '**', component: Page },
        ],
      },
    ];
    const lazy: Route = {
      path: '',
      canMatch: [signedInGuard],
      loadChildren: () => {
        loads++;
        return Promise.resolve(inner);
      },
    };
    const eager: Route = { path: '', canMatch: [signedInGuard], children: inner };
    const lazySignIn: Route = {
      path: 'sign-in',
      loadChildren: () => Promise.resolve<Routes>([{ path: '', component: Open }]),
    };

    beforeEach(() => {
      loads = 0;
    });

    it.each<readonly [string, Routes]>([
      ['a lazy shell', [lazy, SIGN_IN]],
      ['a shell', [eager, SIGN_IN]],
      ['a lazy shell, with a lazy sign-in page', [lazy, lazySignIn]],
      ['a lazy shell, with a sign-in page among other pages', [lazy, { path: '', children: [SIGN_IN] }]],
    ])('shows sign-in in place of %s, and loads nothing', async (_, routes) => {
      app.open({ routes });

      expect(await app.navigate('/orders')).toBe('/sign-in');
      expect(shown()).toContain('open to all');
      expect(shown()).not.toContain('guarded');
      expect(loads).toBe(0);
    });

    it('shows the shell to signed-in people', async () => {
      await app.signIn(app.open({ routes: [lazy, SIGN_IN] }));

      expect(await app.navigate('/orders')).toBe('/orders');
      expect(shown()).toContain('guarded');
    });

    it('shows sign-in in the shell where it stands nowhere else', async () => {
      app.open({
        routes: [
          {
            path: '',
            canMatch: [signedInGuard],
            children: [SIGN_IN, { path: 'orders', component: Guarded }],
          },
          { path: '**', component: Page },
        ],
      });

      expect(await app.navigate('/orders')).toBe('/sign-in');
      expect(shown()).toContain('open to all');
    });
  });

  it('answers for each route by itself, in one navigation', async () => {
    app.open({
      routes: [
        { path: '', canMatch: [signedInGuard], children: [{ path: 'orders', component: Guarded }] },
        { path: '', canMatch: [signedInGuard], children: [SIGN_IN] },
      ],
    });

    expect(await app.navigate('/orders')).toBe('/sign-in');
    expect(shown()).toContain('open to all');
  });

  it('shows no page with a parameter in place of sign-in', async () => {
    app.open({ routes: [{ path: ':tenant', canMatch: [signedInGuard], component: Guarded }, SIGN_IN] });

    expect(await app.navigate('/acme')).toBe('/sign-in');
    expect(shown()).not.toContain('guarded');
  });

  it('shows the page for visitors where the one for signed-in people has the same path', async () => {
    app.open({
      routes: [
        { path: '', pathMatch: 'full', canMatch: [signedInGuard], component: Guarded },
        { path: '', pathMatch: 'full', component: Open },
      ],
      signIn: '/',
    });

    await app.navigate('/');

    expect(shown()).toContain('open to all');
    expect(shown()).not.toContain('guarded');
  });

  it('shows the home page of a group to its members only', async () => {
    const routes: Routes = [
      { path: '', pathMatch: 'full', canMatch: [adminsOnly], component: Guarded },
      { path: '', pathMatch: 'full', component: Open },
    ];
    await app.signIn(app.open({ routes }));

    await app.navigate('/');

    expect(shown()).toContain('open to all');
    expect(shown()).not.toContain('guarded');
  });

  it('shows no guarded page to which the routes redirect sign-in', async () => {
    app.open({
      routes: [
        { path: '', pathMatch: 'full', redirectTo: 'dashboard' },
        { path: 'dashboard', canMatch: [signedInGuard], component: Guarded },
      ],
      signIn: '/',
    });

    expect(await app.navigate('/')).not.toBe('/dashboard');
    expect(shown()).not.toContain('guarded');
  });

  it('shows no guarded page to which the routes redirect those it denies', async () => {
    const routes: Routes = [
      { path: '', pathMatch: 'full', redirectTo: 'admin' },
      { path: 'admin', canMatch: [adminsOnly], component: Guarded },
      { path: '**', component: Open },
    ];
    await app.signIn(app.open({ routes }));

    await app.navigate('/');

    expect(shown()).toContain('open to all');
    expect(shown()).not.toContain('guarded');
  });

  it('shows no guarded page behind it to which the routes redirect sign-in', async () => {
    const inner: Routes = [
      { path: 'sign-in', redirectTo: 'orders' },
      { path: 'orders', canActivate: [signedInGuard], component: Guarded },
    ];
    app.open({ routes: [{ path: '', canMatch: [signedInGuard], children: inner }] });

    await app.navigate('/sign-in');

    expect(shown()).not.toContain('guarded');
  });
});
