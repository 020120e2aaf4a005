import { DefaultUrlSerializer, type Routes } from '@angular/router';
import { REFRESH } from '../../../testing-support/emulated-app';
import { guardedApp, Page } from '../../../testing-support/guarded-app';
import { createSessionGuard, groupGuard, signedInGuard, type Session } from '../../public-api';

type Groups = Parameters<typeof groupGuard>[0];
type Options = Parameters<typeof groupGuard>[1];

describe('groupGuard', () => {
  const app = guardedApp();
  let loads: number;

  beforeEach(() => {
    loads = 0;
  });

  async function open(groups: Groups, options?: Options): Promise<void> {
    const guard = groupGuard(groups, options);
    const routes: Routes = [
      { path: 'home', component: Page },
      { path: 'sign-in', component: Page },
      { path: 'team', canActivate: [guard], component: Page },
      {
        path: 'area',
        canActivateChild: [guard],
        children: [
          { path: 'inner', component: Page },
          { path: 'denied', component: Page },
        ],
      },
      {
        path: 'lazy',
        canMatch: [guard],
        loadChildren: () => {
          loads++;
          return Promise.resolve<Routes>([{ path: '', component: Page }]);
        },
      },
      { path: 'lazy', component: Page, title: 'for others' },
    ];
    await app.signIn(app.open({ routes }));
    await app.navigate('/home');
  }

  function memberOf(...groups: readonly string[]): void {
    app.emulator.changeUser('alice', { groups });
  }

  it.each<readonly [string, readonly string[], Groups, boolean]>([
    ['a member', ['admins'], 'admins', true],
    ['a member of more groups', ['editors', 'admins'], 'admins', true],
    ['a member of a group that is called alike', ['admins-eu'], 'admins', false],
    ['a member of a group in other letters', ['Admins'], 'admins', false],
    ['no group', [], 'admins', false],
    ['a member of one of several', ['auditors'], { any: ['admins', 'auditors'] }, true],
    ['a member of none of several', ['editors'], { any: ['admins', 'auditors'] }, false],
    ['a member, of no group', ['editors'], { any: [] }, false],
    ['a member of each', ['auditors', 'x', 'admins'], { all: ['admins', 'auditors'] }, true],
    ['a member of some', ['auditors'], { all: ['admins', 'auditors'] }, false],
  ])('knows %s: %j, %j', async (_, groups, wanted, isAllowed) => {
    memberOf(...groups);
    await open(wanted);

    expect(await app.navigate('/team')).toBe(isAllowed ? '/team' : '/home');
    expect(await app.navigate('/area/inner')).toBe(isAllowed ? '/area/inner' : '/home');
  });

  it('tries the next route, and loads nothing, where it does not match', async () => {
    memberOf('editors');
    await open('admins');

    expect(await app.navigate('/lazy')).toBe('/lazy');
    expect([loads, document.title]).toEqual([0, 'for others']);
  });

  it('matches for members', async () => {
    memberOf('admins');
    await open('admins');

    expect(await app.navigate('/lazy')).toBe('/lazy');
    expect(loads).toBe(1);
  });

  it.each<readonly [string, NonNullable<Options>]>([
    ['a path', { denied: '/home?why=group' }],
    ['a UrlTree', { denied: new DefaultUrlSerializer().parse('/home?why=group') }],
  ])('sends those it denies to %s', async (_, options) => {
    memberOf('editors');
    await open('admins', options);

    expect(await app.navigate('/team')).toBe('/home?why=group');
    expect(await app.navigate('/lazy')).toBe('/home?why=group');
    expect(app.consumed()).toBeNull();
  });

  it('shows the page for those it denies although it guards that, too', async () => {
    memberOf('editors');
    await open('admins', { denied: '/area/denied' });

    expect(await app.navigate('/area/inner')).toBe('/area/denied');
  });

  it('takes no other page for that, whatever its matrix parameters', async () => {
    const routes: Routes = [
      { path: 'account', component: Page },
      { path: 'account/team', canActivate: [groupGuard('admins', { denied: '/account' })], component: Page },
    ];
    await app.signIn(app.open({ routes }));

    expect(await app.navigate('/account;x=1/team')).toBe('/account');
  });

  it('sends people who are not signed in to sign-in, wherever those it denies go', async () => {
    app.open({
      routes: [
        { path: 'sign-in', component: Page },
        { path: 'team', canActivate: [groupGuard('admins', { denied: '/home' })], component: Page },
      ],
    });

    expect(await app.navigate('/team?x=1')).toBe('/sign-in');
    expect(app.consumed()).toBe('/team?x=1');
  });

  it('goes by the groups of the newest tokens', async () => {
    memberOf('editors');
    const page = app.open({
      routes: [
        { path: 'home', component: Page },
        { path: 'team', canActivate: [groupGuard('admins')], component: Page },
      ],
    });
    await app.signIn(page);
    const before = await app.navigate('/team');
    memberOf('admins');

    await new Promise<void>((renewed) => {
      page.session.forceRefresh().subscribe(() => renewed());
    });

    expect([before, await app.navigate('/team')]).toEqual(['/', '/team']);
    expect(app.emulator.log.count(REFRESH)).toBe(1);
  });
});

describe('createSessionGuard', () => {
  const app = guardedApp();

  function open(allow: (session: Session) => boolean, options?: Options) {
    return app.open({
      routes: [
        { path: 'home', component: Page },
        { path: 'sign-in', component: Page },
        { path: 'own', canActivate: [signedInGuard, createSessionGuard(allow, options)], component: Page },
      ],
    });
  }

  it('asks the rule with the session, once for each navigation', async () => {
    const asked: string[] = [];
    const page = open(({ user }) => {
      asked.push(user.username);
      return true;
    });
    await app.signIn(page, 'bob');

    expect(await app.navigate('/own')).toBe('/own');
    expect(asked).toEqual(['bob']);
  });

  it('does not ask the rule when no user is signed in', async () => {
    const allow = jest.fn<boolean, [Session]>(() => true);
    open(allow);

    expect(await app.navigate('/own')).toBe('/sign-in');
    expect(allow).not.toHaveBeenCalled();
  });

  it('lets no user through when the rule throws: the navigation fails', async () => {
    const page = open(() => {
      throw new Error('broken rule');
    });
    await app.signIn(page);

    await expect(page.router.navigateByUrl('/own')).rejects.toThrow('broken rule');
    expect(page.router.url).toBe('/');
  });

  it('sends those it denies where it is told', async () => {
    await app.signIn(open(() => false, { denied: '/home' }));

    expect(await app.navigate('/own')).toBe('/home');
  });
});
