import type { Routes } from '@angular/router';
import { guardedApp, Page } from '../../../testing-support/guarded-app';
import type { SessionApp } from '../../../testing-support/session-app';
import { createSessionGuard, groupGuard, signedInGuard } from '../../public-api';

const PAGES: Routes = [
  { path: 'home', component: Page },
  { path: 'sign-in', component: Page },
];

/** The codes that development reported. */
function reported({ logged }: SessionApp): readonly string[] {
  return logged.map(({ text }) => text).filter((text) => text.startsWith('NCS'));
}

describe('in development, a guard that leads nowhere', () => {
  const app = guardedApp();

  it.each([
    ['groupGuard', groupGuard('admins')],
    ['createSessionGuard', createSessionGuard(() => false)],
    ['createSessionGuard without a place', createSessionGuard(() => false, {})],
  ])('is reported once when it rejects a signed-in user: %s', async (_, guard) => {
    const routes = [...PAGES, { path: 'team', canActivate: [guard], component: Page }];
    const page = app.open({ routes });
    await app.signIn(page);

    await app.navigate('/team');
    await app.navigate('/home');
    await app.navigate('/team?again');

    expect(reported(page)).toEqual([
      expect.stringMatching(/^NCS119: .* no `denied`.* More: .*\/docs\/reference\/diagnostics\/NCS119\.md/),
    ]);
  });

  it.each([
    ['leads to a page', { denied: '/home' }],
    ['is said to cancel', { denied: false as const }],
  ])('is not one that %s', async (_, options) => {
    const routes = [
      ...PAGES,
      { path: 'team', canActivate: [groupGuard('admins', options)], component: Page },
    ];
    const page = app.open({ routes });
    await app.signIn(page);

    await app.navigate('/team');

    expect(reported(page)).toEqual([]);
  });

  it('is not one that admits, or that the next route stands in for', async () => {
    const routes = [
      ...PAGES,
      { path: 'team', canMatch: [groupGuard('admins')], component: Page },
      { path: 'team', canActivate: [createSessionGuard(() => true)], component: Page },
    ];
    const page = app.open({ routes });
    await app.signIn(page);

    expect(await app.navigate('/team')).toBe('/team');
    expect(reported(page)).toEqual([]);
  });

  it('is reported once when it rejects a user who is not signed in and there is no withSignInRoute', async () => {
    const routes = [...PAGES, { path: 'orders', canActivate: [signedInGuard], component: Page }];
    const page = app.open({ routes, signIn: null });

    await app.navigate('/orders');
    await app.navigate('/home');
    await app.navigate('/orders');

    expect(reported(page)).toEqual([
      expect.stringMatching(
        /^NCS118: .* withSignInRoute.* More: .*\/docs\/reference\/diagnostics\/NCS118\.md/,
      ),
    ]);
  });

  it('needs no withSignInRoute in canMatch: the router tries the next route', async () => {
    const routes = [
      { path: '', canMatch: [signedInGuard], component: Page },
      { path: '', component: Page },
    ];
    const page = app.open({ routes, signIn: null });

    await app.navigate('/');

    expect(reported(page)).toEqual([]);
  });
});
