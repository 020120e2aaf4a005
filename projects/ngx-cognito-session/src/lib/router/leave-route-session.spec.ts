import { TestBed } from '@angular/core/testing';
import { ChildrenOutletContexts, type Routes } from '@angular/router';
import { firstValueFrom, Subject } from 'rxjs';
import type { GuardedPage } from '../../../testing-support/guarded-app';
import { leavingApp, log, Open, ORDERS, SignIn, ROUTES } from '../../../testing-support/leaving-app';
import { configFor } from '../../../testing-support/session-app';
import { turns, until } from '../../../testing-support/turns';
import {
  MemoryStorage,
  provideSession,
  SessionService,
  withSignInRoute,
  withStorage,
} from '../../public-api';

describe('when the session ends', () => {
  const { app, openAt, nextEnd } = leavingApp();

  describe('of a session that a route provides', () => {
    const open = async (
      url: string,
    ): Promise<{ readonly page: GuardedPage; readonly partners: SessionService }> => {
      const provided = provideSession(
        configFor(app.emulator),
        withStorage(new MemoryStorage()),
        withSignInRoute('/partners/sign-in'),
      );
      const routes: Routes = [
        ...ROUTES,
        {
          path: 'partners',
          providers: [provided],
          children: [{ path: 'sign-in', component: SignIn }, ORDERS],
        },
      ];
      const page = await openAt('/partners/sign-in', routes);
      const partners = TestBed.inject(ChildrenOutletContexts)
        .getContext('primary')
        ?.injector.get(SessionService);
      if (partners === undefined) throw new Error('There is no such page.');
      await firstValueFrom(partners.setTokens(await app.emulator.signIn('bob')));
      await app.navigate(url);
      log.length = 0;
      return { page, partners };
    };

    it('its guarded page is left for its own sign-in', async () => {
      const { page, partners } = await open('/partners/orders/1');
      const settled = nextEnd(page.router);

      partners.signOut();
      await settled;

      expect(page.router.url).toBe('/partners/sign-in');
      expect(log).toEqual(['-orders no user', '+sign-in no user']);
    });

    it('its guarded page is left also if a navigation fails meanwhile', async () => {
      const { page, partners } = await open('/partners/orders/1');
      const answer = new Subject<boolean>();
      page.router.config.push({ path: 'slow', canActivate: [() => answer], component: Open });
      void page.router.navigateByUrl('/slow');
      await turns();

      partners.signOut();
      answer.next(false);
      await until(() => page.router.url === '/partners/sign-in');

      expect(log).toEqual(['-orders no user', '+sign-in no user']);
    });

    it('a page of another session stays as it is', async () => {
      const { page, partners } = await open('/orders/1');

      partners.signOut();
      await turns();

      expect([page.router.url, log]).toEqual(['/orders/1', []]);
    });

    it('and its page stays as it is when another session ends', async () => {
      const { page } = await open('/partners/orders/1');

      page.session.signOut();
      await turns();

      expect([page.router.url, log]).toEqual(['/partners/orders/1', []]);
    });
  });
});
