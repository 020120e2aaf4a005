import { inject } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { NavigationEnd, NavigationError, Router } from '@angular/router';
import { filter, map, Subject, take, type Observable } from 'rxjs';
import {
  EndingShell,
  Kiosk,
  leavingApp,
  log,
  OPEN,
  Open,
  ORDERS,
  Orders,
  ROUTES,
  Shell,
  SIGN_IN,
  URL,
} from '../../../testing-support/leaving-app';
import { configFor } from '../../../testing-support/session-app';
import { turns, until } from '../../../testing-support/turns';
import { MemoryStorage, provideSession, SessionService, signedInGuard, withStorage } from '../../public-api';

describe('when the session ends', () => {
  const { app, shown, openAt, nextRejection, starts, settle } = leavingApp();

  describe('during a navigation', () => {
    const hold = () => {
      const passed = new Subject<boolean>();
      const held: Observable<boolean> = passed.pipe(take(1));
      return { passed, resolve: { data: () => held }, canActivate: [signedInGuard] };
    };

    it('a guarded page that was admitted before is not rendered', async () => {
      const { passed, ...held } = hold();
      const page = await openAt('/open', [...ROUTES, { path: 'area', ...held, component: Orders }]);
      const navigated = page.router.navigateByUrl('/area');
      await turns();

      page.session.signOut();
      passed.next(true);
      await navigated;
      await until(() => page.router.url === '/sign-in');
      TestBed.tick();

      expect(log).toEqual(['-open no user', '+orders no user', '-orders no user', '+sign-in no user']);
      expect(app.consumed()).toBe('/area');
    });

    it('a guarded page inside a shell that is made for it is not rendered either', async () => {
      const { passed, ...held } = hold();
      const page = await openAt('/open', [
        ...ROUTES,
        { path: 'area', component: Shell, children: [{ path: 'inner', ...held, component: Orders }] },
      ]);
      const navigated = page.router.navigateByUrl('/area/inner');
      await turns();

      page.session.signOut();
      passed.next(true);
      await navigated;
      TestBed.tick();
      await until(() => page.router.url === '/sign-in');

      expect(log.join()).not.toContain('orders');
    });

    it('a guarded page that is being left is cleared immediately', async () => {
      const { passed, ...held } = hold();
      const page = await openAt(URL, [
        ...ROUTES,
        { path: 'slow', ...held, canActivate: [], component: Open },
      ]);
      const navigated = page.router.navigateByUrl('/slow');
      await turns();

      page.session.signOut();
      const meanwhile = [...log];
      passed.next(true);
      await navigated;
      await turns();

      expect(meanwhile).toEqual(['-orders no user']);
      expect(page.router.url).toBe('/slow');
    });

    it('a navigation that fails leads to sign-in from the page before', async () => {
      const answer = new Subject<boolean>();
      const page = await openAt(URL, [
        ...ROUTES,
        { path: 'slow', canActivate: [() => answer], component: Open },
      ]);
      void page.router.navigateByUrl('/slow');
      await turns();

      page.session.signOut();
      answer.next(false);
      await until(() => page.router.url === '/sign-in');

      expect(app.consumed()).toBe(URL);
    });

    it('a guard that signs out itself runs once', async () => {
      let runs = 0;
      const page = await openAt(URL, [
        ...ROUTES,
        {
          path: 'sign-out',
          canActivate: [
            () => {
              runs++;
              const router = inject(Router);
              return inject(SessionService)
                .signOut()
                .pipe(map(() => router.parseUrl('/open')));
            },
          ],
          component: Open,
        },
      ]);

      expect(await app.navigate('/sign-out')).toBe('/open');
      await turns();
      expect([runs, page.router.url]).toEqual([1, '/open']);
    });
  });

  describe('at an unusual moment', () => {
    it('while a page that is left is destroyed, the guarded page that follows is left for sign-in', async () => {
      const page = await openAt('/kiosk', [...ROUTES, { path: 'kiosk', component: Kiosk }]);
      await page.router.navigateByUrl('/orders/1');
      await settle();
      expect([page.router.url, shown()]).toEqual(['/sign-in', 'signedOut']);
    });

    it('while a page is destroyed, the end of the next session is noticed as well', async () => {
      const page = await openAt('/kiosk', [...ROUTES, { path: 'kiosk', component: Kiosk }]);
      await page.router.navigateByUrl('/open');
      await settle();
      await app.signIn(page);
      await app.navigate('/orders/1');
      page.session.signOut();
      await settle();
      expect([page.router.url, shown()]).toEqual(['/sign-in', 'signedOut']);
    });

    it('while the component of a parent route is made, the guarded page is left for sign-in', async () => {
      const page = await openAt('/open', [
        ...ROUTES,
        { path: 'area', component: EndingShell, children: [ORDERS] },
      ]);
      await page.router.navigateByUrl('/area/orders/1');
      await settle();
      expect([page.router.url, shown()]).toEqual(['/sign-in', 'signedOut']);
    });

    it('in a subscriber of NavigationEnd, the guarded page is left for sign-in', async () => {
      const page = await openAt('/open');
      page.router.events
        .pipe(
          filter((e) => e instanceof NavigationEnd),
          take(1),
        )
        .subscribe(() => void page.session.signOut());
      await page.router.navigateByUrl('/orders/1');
      await settle();
      expect([page.router.url, shown()]).toEqual(['/sign-in', 'signedOut']);
    });

    it('in a subscriber of NavigationError, the guarded page is left for sign-in', async () => {
      const page = await openAt('/orders/1', [
        ...ROUTES,
        {
          path: 'broken',
          resolve: {
            data: () => {
              throw new Error('401');
            },
          },
          component: Open,
        },
      ]);
      page.router.events
        .pipe(
          filter((e) => e instanceof NavigationError),
          take(1),
        )
        .subscribe(() => void page.session.signOut());
      await page.router.navigateByUrl('/broken').catch(() => null);
      await settle();
      expect([page.router.url, shown()]).toEqual(['/sign-in', 'signedOut']);
    });

    it('a navigation of the app to a page with a guard of its own is made once', async () => {
      const page = await openAt('/orders/1', [
        ...ROUTES,
        { path: 'home', canActivate: [() => true], component: Open },
      ]);
      const urls = starts(page.router);
      page.session.signOut();
      await page.router.navigateByUrl('/home');
      await settle();
      expect([page.router.url, log, urls]).toEqual([
        '/home',
        ['-orders no user', '+open no user'],
        ['/orders/1', '/home'],
      ]);
    });

    it('a page with a session of its own is left if a guard of this session is above it', async () => {
      const provided = provideSession(configFor(app.emulator), withStorage(new MemoryStorage()));
      const page = await openAt('/partners/open', [
        SIGN_IN,
        {
          path: '',
          canActivate: [signedInGuard],
          children: [{ path: 'partners', providers: [provided], children: [OPEN] }],
        },
      ]);
      expect(page.router.url).toBe('/partners/open');
      page.session.signOut();
      await settle();
      expect(page.router.url).toBe('/sign-in');
    });

    it('after a rejection, the next page of the same user is made once', async () => {
      const page = await openAt('/orders/1', ROUTES, { signIn: () => false });
      const rejected = nextRejection(page.router);
      page.session.signOut();
      await rejected;
      await app.signIn(page);
      log.length = 0;
      await page.router.navigateByUrl('/orders/2');
      await settle();
      expect([page.router.url, log]).toEqual(['/orders/2', ['+orders alice']]);
    });
  });
});
