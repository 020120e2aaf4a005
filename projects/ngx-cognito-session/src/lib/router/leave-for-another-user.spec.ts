import { ErrorHandler, inject } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { filter, Subject } from 'rxjs';
import {
  leavingApp,
  log,
  OPEN,
  Orders,
  ROUTES,
  Shell,
  SIGN_IN,
  URL,
  ORDERS,
} from '../../../testing-support/leaving-app';
import { turns, until } from '../../../testing-support/turns';
import { createSessionGuard, SessionService, signedInGuard } from '../../public-api';

describe('when the session ends', () => {
  const { app, shown, openAt, signOut, nextEnd, nextRejection, starts } = leavingApp();

  describe('because another user signs in', () => {
    it('a page whose guards admit that user is made anew, and is gone before the user is shown', async () => {
      const page = await openAt('/orders/1', [{ path: '', component: Shell, children: ROUTES }]);
      const texts: string[] = [];
      const observer = new MutationObserver(() => texts.push(shown()));
      observer.observe(document.body, { childList: true, subtree: true, characterData: true });
      const made = nextEnd(page.router);

      await app.signIn(page, 'bob');
      await made;
      TestBed.tick();
      await turns();
      observer.disconnect();

      expect(page.router.url).toBe('/orders/1');
      expect(log).toEqual(['-orders bob', '+orders bob']);
      expect(texts.filter((text) => /bob.*orders/.test(text))).toEqual(['bob: orders']);
      expect(shown()).toBe('bob: orders');
    });

    it('the component is destroyed in the task in which the state changes', async () => {
      const page = await openAt(URL);
      const seen: string[][] = [];
      page.session.session$
        .pipe(filter((session) => session?.user.username === 'bob'))
        .subscribe(() => seen.push([...log]));
      const resolving = new Subject<boolean>();
      page.router.resetConfig([{ ...ORDERS, resolve: { data: () => resolving } }]);

      await app.signIn(page, 'bob');

      expect(seen).toHaveLength(1);
      expect(log).toEqual(['-orders bob']);
      expect(page.router.url).toBe(URL);
    });

    it('resolvers run again', async () => {
      const resolved: string[] = [];
      const page = await openAt('/area', [
        {
          path: 'area',
          canActivate: [signedInGuard],
          resolve: { data: () => void resolved.push(inject(SessionService).user()?.username ?? '') },
          component: Orders,
        },
      ]);
      const made = nextEnd(page.router);

      await app.signIn(page, 'bob');
      await made;

      expect(resolved).toEqual(['alice', 'bob']);
    });

    it('a page that rejects that user without a redirect is cleared', async () => {
      const isAlice = createSessionGuard(({ user }) => user.username === 'alice');
      const page = await openAt('/area', [{ path: 'area', canActivate: [isAlice], component: Orders }]);
      const rejected = nextRejection(page.router);

      await app.signIn(page, 'bob');
      await rejected;

      expect([page.router.url, log]).toEqual(['/area', ['-orders bob']]);
    });

    it('a page that rejects that user leads to the page for denied users', async () => {
      const isAlice = createSessionGuard(({ user }) => user.username === 'alice', { denied: '/open' });
      const page = await openAt('/area', [OPEN, { path: 'area', canActivate: [isAlice], component: Orders }]);
      const made = nextEnd(page.router);

      await app.signIn(page, 'bob');
      await made;

      expect([page.router.url, log]).toEqual(['/open', ['-orders bob', '+open bob']]);
    });

    it('a page whose route no longer matches is cleared, and the error is reported', async () => {
      const errors: unknown[] = [];
      const isAlice = createSessionGuard(({ user }) => user.username === 'alice');
      const page = await openAt('/area', [{ path: 'area', canMatch: [isAlice], component: Orders }], {
        providers: [
          { provide: ErrorHandler, useValue: { handleError: (found: unknown) => errors.push(found) } },
        ],
      });

      await app.signIn(page, 'bob');
      await until(() => errors.length > 0);

      expect(String(errors[0])).toContain('Cannot match any routes');
      expect(log).toEqual(['-orders bob']);
    });

    it('before the page is left, the page is cleared', async () => {
      const answer = new Subject<boolean>();
      const page = await openAt('/area', [
        SIGN_IN,
        {
          path: 'area',
          canActivate: [() => inject(SessionService).isSignedIn() || answer],
          component: Orders,
        },
      ]);
      page.session.signOut();
      await turns();
      const whenSignedOut = [...log];

      await app.signIn(page, 'bob');

      expect(whenSignedOut).toEqual([]);
      expect(log).toEqual(['-orders bob']);
    });

    it('a page without a guard stays as it is', async () => {
      const page = await openAt('/open');

      await app.signIn(page, 'bob');
      await turns();

      expect([page.router.url, log]).toEqual(['/open', []]);
    });

    it('a sign-in page that goes on by itself is not disturbed', async () => {
      const page = await openAt(URL);
      await signOut(page);
      const urls = starts(page.router);

      await app.signIn(page, 'bob');
      await turns();

      expect(urls).toEqual([]);
    });
  });

  it('the same user may sign in again on an open page', async () => {
    const page = await openAt(URL);

    await app.signIn(page);
    await turns();

    expect([page.router.url, log]).toEqual([URL, []]);
  });
});
