import { inject } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { RedirectCommand, Router, type Routes } from '@angular/router';
import {
  delay,
  EMPTY,
  firstValueFrom,
  lastValueFrom,
  NEVER,
  of,
  startWith,
  Subject,
  tap,
  toArray,
} from 'rxjs';
import { guardedApp, Page } from '../../../testing-support/guarded-app';
import { turns } from '../../../testing-support/turns';
import { groupGuard, signedInGuard, signedOutGuard, type SignInTarget } from '../../public-api';

const HOME = { path: 'home', component: Page };
const ORDERS = { path: 'orders/:id', canActivate: [signedInGuard], component: Page };
const SIGN_IN = { path: 'sign-in', component: Page };

describe('where guards send people who are not signed in', () => {
  const app = guardedApp();

  describe('is up to a function, which', () => {
    const routes: Routes = [HOME, SIGN_IN, ORDERS];
    const url = '/orders/7;a=b?x=1#f';

    it('is asked in an injection context, with the attempted URL', async () => {
      const asked: string[] = [];
      app.open({
        routes,
        signIn: (returnUrl) => {
          asked.push(returnUrl);
          return inject(Router).parseUrl('/home');
        },
      });

      expect(await app.navigate(url)).toBe('/home');
      expect(asked).toEqual([url]);
      expect(app.consumed()).toBe(url);
    });

    it.each<readonly [string, SignInTarget]>([
      ['false', () => false],
      ['an observable of false', () => of(false)],
      ['nothing', () => EMPTY],
    ])('may leave the page and answer %s', async (_, signIn) => {
      app.open({ routes, signIn });

      expect(await app.navigate(url)).toBe('/');
      expect(app.consumed()).toBe(url);
    });

    it('finds the attempted URL remembered when it leaves the page', async () => {
      const remembered: unknown[] = [];
      app.open({
        routes,
        signIn: () => {
          remembered.push(Object.values(sessionStorage));
          return false;
        },
      });
      await app.navigate(url);

      expect(remembered).toEqual([[url]]);
    });

    it('may answer with a redirect that keeps the URL in the address bar', async () => {
      const { router } = app.open({
        routes,
        signIn: () => new RedirectCommand(inject(Router).parseUrl('/sign-in'), { skipLocationChange: true }),
      });
      await app.navigate('/home');

      expect(await app.navigate(url)).toBe('/sign-in');
      expect(router.lastSuccessfulNavigation()?.extras.skipLocationChange).toBe(true);
    });

    it.each<readonly [string, SignInTarget, boolean]>([
      ['its first answer, which is the only one', () => NEVER.pipe(startWith(false, true)), false],
      ['its end, which without an answer is false', () => EMPTY, false],
    ])('is listened to until %s', async (_, signIn, expected) => {
      const { session, router } = app.open({ routes, signIn });
      await firstValueFrom(session.initialize());
      const { snapshot } = router.routerState;

      const answers$ = TestBed.runInInjectionContext(() => signedInGuard(snapshot.root, snapshot));

      expect(await lastValueFrom(answers$.pipe(toArray()))).toEqual([expected]);
    });

    it('is asked once, however many guards of a navigation turn it down', async () => {
      let calls = 0;
      let subscriptions = 0;
      app.open({
        routes: [
          HOME,
          {
            path: 'many',
            canActivate: [signedInGuard, groupGuard('admins'), signedInGuard],
            component: Page,
          },
        ],
        signIn: () => {
          calls++;
          return of(false).pipe(tap({ subscribe: () => subscriptions++ }), delay(0, app.time.scheduler));
        },
      });
      const first = app.navigate('/many');
      await turns();
      app.time.advance(0);
      await first;
      const once = [calls, subscriptions];

      const second = app.navigate('/many');
      await turns();
      app.time.advance(0);
      await second;

      expect(once).toEqual([1, 1]);
      expect([calls, subscriptions]).toEqual([2, 2]);
    });

    it('is not waited for when the user goes elsewhere', async () => {
      const answer = new Subject<boolean>();
      const { router } = app.open({ routes, signIn: () => answer });
      const given = router.navigateByUrl(url);
      await turns();

      await router.navigateByUrl('/home');
      await given;

      expect(answer.observed).toBe(false);
      expect(router.url).toBe('/home');
    });
  });

  describe('leads in no circle', () => {
    const guarded: Routes = [HOME, ORDERS, { ...SIGN_IN, canActivate: [signedInGuard] }];
    const children: Routes = [
      {
        path: '',
        canActivateChild: [signedInGuard],
        children: [HOME, ORDERS, { ...SIGN_IN, canActivate: [signedOutGuard] }],
      },
    ];
    const lazy: Routes = [
      {
        path: '',
        canMatch: [signedInGuard],
        loadChildren: () => Promise.resolve<Routes>([HOME, { ...ORDERS, canActivate: [] }, SIGN_IN]),
      },
    ];
    const toSignIn: SignInTarget = () => inject(Router).parseUrl('/sign-in?from=app');
    const toSignInLater: SignInTarget = () =>
      of(new RedirectCommand(inject(Router).parseUrl('/sign-in;x=1?from=app')));

    it.each<readonly [string, Routes, SignInTarget]>([
      ['by canActivate', guarded, '/sign-in'],
      ['with everything else', children, '/sign-in?step=1'],
      ['by canMatch', lazy, '/sign-in'],
      ['by canActivate, found by a function', guarded, toSignIn],
      ['with everything else, found by a function', children, toSignInLater],
      ['by canMatch, found by a function', lazy, toSignIn],
    ])('although sign-in itself is guarded %s', async (_, routes, signIn) => {
      app.open({ routes, signIn });

      expect(await app.navigate('/orders/7?x=1')).toMatch(/^\/sign-in\b/);
      expect(app.consumed()).toBe('/orders/7?x=1');
    });

    it.each<readonly [string, SignInTarget]>([
      ['a route', '/sign-in'],
      ['a function', toSignIn],
    ])('and keeps the attempted URL when guarded sign-in is asked for again (%s)', async (_, signIn) => {
      app.open({ routes: guarded, signIn });
      await app.navigate('/orders/7');

      expect(await app.navigate('/sign-in?again')).toMatch(/^\/sign-in\?/);
      expect(app.consumed()).toBe('/orders/7');
    });

    it('and gives nothing to return to when guarded sign-in is asked for first', async () => {
      app.open({ routes: guarded });

      expect(await app.navigate('/sign-in')).toBe('/sign-in');
      expect(app.consumed()).toBeNull();
    });

    it('but to an end, which is told, when the routes redirect sign-in to a guarded page', async () => {
      const { logged } = app.open({
        routes: [
          HOME,
          ORDERS,
          { path: 'sign-in', redirectTo: 'auth/login' },
          { path: 'auth/login', canActivate: [signedInGuard], component: Page },
        ],
      });
      await app.navigate('/home');

      expect(await app.navigate('/orders/7')).toBe('/home');
      expect(logged).toMatchObject([{ level: 'error' }]);
      expect(app.consumed()).toBe('/orders/7');
    });

    it('and takes no other page for sign-in, whatever its matrix parameters', async () => {
      app.open({
        routes: [
          { path: 'account', component: Page },
          { path: 'account/orders', canActivate: [signedInGuard], component: Page },
        ],
        signIn: '/account',
      });

      expect(await app.navigate('/account;x=1/orders;y=2')).toBe('/account');
      expect(app.consumed()).toBe('/account;x=1/orders;y=2');
    });

    it('although the page for signed-in people is for others only', async () => {
      const page = app.open({
        routes: [{ path: '', canActivate: [signedOutGuard], component: Page }],
        afterSignIn: '/',
      });
      await app.signIn(page);

      expect(await app.navigate('/?x=1')).toBe('/?x=1');
    });

    describe('although two pages redirect to each other', () => {
      /** Ends the circle where the library does not. */
      let calls = 0;
      const emergencyExit = () => ++calls < 50;

      beforeEach(() => {
        calls = 0;
      });

      /** A user without the group, on the home page of an app whose staff and sign-in pages redirect to each other. */
      async function openCircle(...more: Routes) {
        const staff = [emergencyExit, groupGuard('staff', { denied: '/sign-in' })];
        const page = app.open({
          routes: [
            HOME,
            { path: 'staff', canActivate: staff, component: Page },
            { ...SIGN_IN, canActivate: [signedOutGuard] },
            ...more,
          ],
          afterSignIn: '/staff',
        });
        await app.signIn(page);
        await app.navigate('/home');
        return page;
      }

      it('by canActivate: the navigation is cancelled, which is told once', async () => {
        const page = await openCircle();

        expect(await app.navigate('/staff')).toBe('/home');
        expect(calls).toBeLessThan(50);
        expect(page.logged).toMatchObject([{ level: 'error' }]);
      });

      it('by canMatch: the next route is tried, which is told once', async () => {
        const staff = [emergencyExit, groupGuard('staff', { denied: '/sign-in' })];
        const page = app.open({
          routes: [
            { path: 'staff', canMatch: staff, component: Page },
            { ...SIGN_IN, canMatch: [signedOutGuard] },
            { path: '**', component: Page },
          ],
          afterSignIn: '/staff',
        });
        await app.signIn(page);

        expect(await app.navigate('/staff')).toMatch(/^\/(staff|sign-in)$/);
        expect(calls).toBeLessThan(50);
        expect(page.logged).toMatchObject([{ level: 'error' }]);
      });

      it('and later navigations are redirected as before', async () => {
        await openCircle(
          {
            path: 'admin',
            canActivate: [groupGuard('admin', { denied: '/sign-out' })],
            component: Page,
          },
          { path: 'sign-out', component: Page },
        );
        await app.navigate('/staff');

        expect(await app.navigate('/admin')).toBe('/sign-out');
      });

      it('and does not count redirects that the router has not followed', async () => {
        let isOpen = false;
        const late = () => Promise.resolve(isOpen);
        const page = app.open({
          routes: [HOME, { ...ORDERS, canActivate: [late, signedInGuard] }, SIGN_IN],
        });
        await app.navigate('/home');
        for (let time = 0; time < 20; time++) await app.navigate(`/orders/${time}`);

        isOpen = true;

        expect(await app.navigate('/orders/99')).toBe('/sign-in');
        expect(page.logged).toEqual([]);
      });

      it('and counts only redirects that follow each other', async () => {
        const page = app.open({ routes: [HOME, ORDERS, SIGN_IN] });

        for (let time = 0; time < 20; time++) {
          expect(await app.navigate(`/orders/${time}`)).toBe('/sign-in');
          await app.navigate('/home');
        }
        expect(page.logged).toEqual([]);
      });
    });
  });
});
