import { Injectable } from '@angular/core';
import {
  BaseRouteReuseStrategy,
  RouteReuseStrategy,
  type ActivatedRouteSnapshot,
  type DetachedRouteHandle,
} from '@angular/router';
import { leavingApp, log, Orders, ROUTES, URL } from '../../../testing-support/leaving-app';

describe('when the session ends', () => {
  const { app, openAt, signOut, nextEnd } = leavingApp();

  describe('in an app with its own RouteReuseStrategy', () => {
    /** Keeps every page, and shows it again. */
    @Injectable()
    class KeepsPages extends BaseRouteReuseStrategy {
      private readonly handles = new Map<string, DetachedRouteHandle>();

      override shouldDetach(route: ActivatedRouteSnapshot): boolean {
        return route.component === Orders;
      }

      override store(route: ActivatedRouteSnapshot, handle: DetachedRouteHandle | null): void {
        if (handle === null) this.handles.delete(route.url.join('/'));
        else this.handles.set(route.url.join('/'), handle);
      }

      override shouldAttach(route: ActivatedRouteSnapshot): boolean {
        return this.handles.has(route.url.join('/'));
      }

      override retrieve(route: ActivatedRouteSnapshot): DetachedRouteHandle | null {
        return this.handles.get(route.url.join('/')) ?? null;
      }

      override shouldReuseRoute(future: ActivatedRouteSnapshot, current: ActivatedRouteSnapshot): boolean {
        return future.component === current.component;
      }
    }
    const options = { providers: [{ provide: RouteReuseStrategy, useClass: KeepsPages }] };

    it('the page is destroyed, not kept', async () => {
      const page = await openAt(URL, ROUTES, options);

      await signOut(page);

      expect(log).toEqual(['-orders no user', '+sign-in no user']);
    });

    it('the page is made anew for another user', async () => {
      const page = await openAt(URL, ROUTES, options);
      const made = nextEnd(page.router);

      await app.signIn(page, 'bob');
      await made;

      expect(log).toEqual(['-orders bob', '+orders bob']);
    });

    it('the strategy goes on for other navigations', async () => {
      const page = await openAt(URL, ROUTES, options);
      await signOut(page);
      await app.signIn(page);
      await app.navigate(URL);
      log.length = 0;
      await app.navigate('/open');
      await app.navigate(URL);

      expect(log).toEqual(['+open alice', '-open alice']);
    });
  });
});
