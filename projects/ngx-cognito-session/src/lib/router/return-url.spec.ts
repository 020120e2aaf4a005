import { APP_BASE_HREF } from '@angular/common';
import { provideRouter, withHashLocation } from '@angular/router';
import { SECOND } from '../../../testing-support/emulated-app';
import { FUNCTIONS, guardedApp, Page, type GuardSetUp } from '../../../testing-support/guarded-app';
import { turns } from '../../../testing-support/turns';
import { provideSession, signedInGuard } from '../../public-api';

const ROUTES = [
  { path: 'sign-in', component: Page },
  { path: 'orders', canActivate: [signedInGuard], component: Page },
];

describe('the return URLs of two apps of one client in one tab', () => {
  const app = guardedApp();
  const at = (base: string) => [{ provide: APP_BASE_HREF, useValue: base }];

  it('are kept apart by the base href', async () => {
    app.open({ routes: ROUTES, providers: at('/admin/') });
    await app.navigate('/orders?of=admin');
    app.open({ routes: ROUTES, providers: at('/shop/') });
    const untouched = app.consumed();
    await app.navigate('/orders?of=shop');

    app.open({ routes: ROUTES, providers: at('/admin/') });
    const admin = app.consumed();
    app.open({ routes: ROUTES, providers: at('/shop/') });
    const shop = app.consumed();

    expect([untouched, admin, shop]).toEqual([null, '/orders?of=admin', '/orders?of=shop']);
  });

  it('are kept apart before the configuration is known', async () => {
    const setUp: GuardSetUp = {
      ...FUNCTIONS,
      provideSession: (_, ...features) => provideSession(() => new Promise(() => undefined), ...features),
    };
    app.open({ routes: ROUTES, providers: at('/admin/'), setUp });
    const navigated = app.navigate('/orders');
    await turns();
    app.time.advance(10 * SECOND);
    await navigated;

    app.open({ routes: ROUTES, providers: at('/shop/') });
    const shop = app.consumed();
    app.open({ routes: ROUTES, providers: at('/admin/') });

    expect([shop, app.consumed(), app.consumed()]).toEqual([null, '/orders', null]);
  });

  it('are kept apart by the document with HashLocationStrategy', async () => {
    const setUp = { ...FUNCTIONS, provideRouter: () => provideRouter(ROUTES, withHashLocation()) };
    const base = document.head.appendChild(document.createElement('base'));
    base.href = '/admin/';
    app.open({ routes: ROUTES, setUp });
    await app.navigate('/orders');

    base.href = '/shop/';
    app.open({ routes: ROUTES, setUp });
    const shop = app.consumed();
    base.href = '/admin/';
    app.open({ routes: ROUTES, setUp });
    const admin = app.consumed();
    base.remove();

    expect([shop, admin]).toEqual([null, '/orders']);
  });
});
