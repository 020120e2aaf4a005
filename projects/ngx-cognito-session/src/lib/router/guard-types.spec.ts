import type { CanActivateChildFn, CanActivateFn, CanMatchFn, Route, Routes } from '@angular/router';
import {
  createSessionGuard,
  groupGuard,
  SessionGuard,
  signedInGuard,
  signedOutGuard,
  withSignInRoute,
  type SessionGuardFn,
} from '../../public-api';

/** What the compiler says counts; running it only shows that nothing throws on the way. */
describe('the types of guards', () => {
  it('fit canActivate, canActivateChild and canMatch', () => {
    const guards = [
      signedInGuard,
      signedOutGuard,
      groupGuard('admins'),
      groupGuard({ any: ['admins', 'auditors'] as const }, { denied: '/denied' }),
      groupGuard({ all: ['admins'] }, { denied: false }),
      createSessionGuard(({ user }) => user.emailVerified === true),
    ] satisfies readonly (CanActivateFn & CanActivateChildFn & CanMatchFn)[];
    const everywhere: Routes = [
      { path: 'a', canActivate: guards, canActivateChild: guards, canMatch: guards, children: [] },
      {
        path: 'b',
        canActivate: [SessionGuard],
        canActivateChild: [SessionGuard],
        canMatch: [SessionGuard],
        children: [],
      },
    ];

    expect(everywhere).toHaveLength(2);
  });

  it('refuse what would be a mistake', () => {
    const mistakes = (): unknown[] => [
      // @ts-expect-error -- a factory of guards is no guard
      groupGuard satisfies SessionGuardFn,
      // @ts-expect-error -- neither any nor all
      groupGuard(['admins']),
      // @ts-expect-error -- one of them, by name
      groupGuard({ some: ['admins'] }),
      // @ts-expect-error -- denied people are not let through
      groupGuard('admins', { denied: true }),
      // @ts-expect-error -- the rule answers at once
      createSessionGuard(() => Promise.resolve(true)),
      // @ts-expect-error -- the rule answers with a boolean
      createSessionGuard(({ user }) => user.email),
      // @ts-expect-error -- a guard waits for no promise of the app
      withSignInRoute(() => Promise.resolve(false)),
      // @ts-expect-error -- guards do not resolve data
      { path: '', resolve: { user: signedInGuard('x') } } satisfies Route,
    ];

    expect(mistakes).toBeInstanceOf(Function);
  });
});
