import { PLATFORM_ID } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { GuardsCheckStart, type Routes } from '@angular/router';
import { filter, firstValueFrom } from 'rxjs';
import { HOUR, REFRESH, SECOND } from '../../../testing-support/emulated-app';
import {
  FUNCTIONS,
  guardedApp,
  NG_MODULES,
  Page,
  type GuardedAppOptions,
  type GuardSetUp,
} from '../../../testing-support/guarded-app';
import { nextStatus } from '../../../testing-support/session-app';
import { consumeReturnUrl, signedInGuard, signedOutGuard, withServerRendering } from '../../public-api';

const DEEP = '/orders/7;view=full?sort=date&q=a%20b#notes';

describe.each([
  { name: 'functions', setUp: FUNCTIONS },
  { name: 'classes of an app of NgModules', setUp: NG_MODULES },
])('guards as $name', ({ setUp }: { setUp: GuardSetUp }) => {
  const app = guardedApp();
  let loads: number;

  beforeEach(() => {
    loads = 0;
  });

  function routes(): Routes {
    const { guard } = setUp;
    return [
      { path: 'sign-in', canActivate: [signedOutGuard], component: Page },
      { path: 'home', component: Page },
      { path: 'orders/:id', canActivate: [guard], component: Page },
      { path: 'area', canActivateChild: [guard], children: [{ path: 'inner', component: Page }] },
      {
        path: 'lazy',
        canMatch: [guard],
        loadChildren: () => {
          loads++;
          return Promise.resolve<Routes>([{ path: 'deep', component: Page }]);
        },
      },
    ];
  }

  const open = (options: Omit<GuardedAppOptions, 'routes' | 'setUp'> = {}) =>
    app.open({ routes: routes(), setUp, ...options });

  const ATTEMPTS = [
    ['canActivate', DEEP],
    ['canActivateChild', '/area/inner;m=1?x=1'],
    ['canMatch', '/lazy/deep;m=1?x=%2F&y=a%26b#f%20g'],
  ] as const;

  it.each(ATTEMPTS)('let signed-in people through (%s)', async (_, url) => {
    await app.signIn(open());

    expect(await app.navigate(url)).toBe(url);
  });

  it.each(ATTEMPTS)('send others to sign-in and keep the full attempted URL (%s)', async (_, url) => {
    open();

    expect(await app.navigate(url)).toBe('/sign-in');
    expect(app.consumed()).toBe(url);
  });

  it('do not load what they do not let through (canMatch)', async () => {
    const page = open();
    await app.navigate('/lazy/deep');
    const whenSignedOut = loads;

    await app.signIn(page);
    await app.navigate('/lazy/deep');

    expect([whenSignedOut, loads]).toEqual([0, 1]);
  });

  it('give the attempted URL once', async () => {
    open();
    await app.navigate(DEEP);

    expect(app.consumed()).toBe(DEEP);
    expect(app.consumed()).toBeNull();
  });

  it('give the attempted URL in an injection context, too', async () => {
    open();
    await app.navigate(DEEP);

    expect(TestBed.runInInjectionContext(() => consumeReturnUrl())).toBe(DEEP);
  });

  it('give the attempted URL after an external redirect', async () => {
    open();
    await app.navigate(DEEP);

    open();

    expect(app.consumed()).toBe(DEEP);
  });

  it('keep the attempted URL in memory where the browser has no storage', async () => {
    const denied = jest.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
      throw new DOMException('denied', 'SecurityError');
    });
    open();
    await app.navigate(DEEP);
    denied.mockRestore();

    expect(app.consumed()).toBe(DEEP);
  });

  it.each([
    'https://evil.example',
    'https:evil.example',
    '//evil.example',
    '/\\evil.example',
    '/%2fevil.example',
    '/%252fevil.example',
    'javascript:alert(1)',
    '/\t/evil.example',
  ])('do not give %j back from a tampered storage', async (url) => {
    open();
    await app.navigate(DEEP);
    for (const key of Object.keys(sessionStorage)) sessionStorage.setItem(key, url);
    open();

    expect(app.consumed()).toBeNull();
  });

  it('wait for the restore', async () => {
    await app.signIn(open());
    app.storage.hold();
    open();
    const navigation = app.navigate(DEEP);

    await Promise.resolve();
    app.storage.release();

    expect(await navigation).toBe(DEEP);
  });

  it('act as signed out after 10 s of restoring, and keep the attempted URL', async () => {
    app.storage.hold();
    const { router } = open();
    const checks = router.events.pipe(filter((event) => event instanceof GuardsCheckStart));
    const asked = firstValueFrom(checks);
    const navigation = router.navigateByUrl(DEEP);
    await asked;
    app.time.advance(10 * SECOND - 1);
    const [waitingAt, remembered] = [router.url, app.consumed()];

    const redirected = firstValueFrom(checks.pipe(filter(({ url }) => url === '/sign-in')));
    app.time.advance(1);
    await redirected;
    // The guard of the sign-in page does not wait for another 10 s.
    app.time.advance(0);
    await navigation;

    expect([waitingAt, remembered]).toEqual(['/', null]);
    expect(router.url).toBe('/sign-in');
    expect(app.consumed()).toBe(DEEP);
  });

  it('forget a navigation that was given up while they waited', async () => {
    app.storage.hold();
    const { session, router } = open();
    const asked = firstValueFrom(router.events.pipe(filter((event) => event instanceof GuardsCheckStart)));
    const first = router.navigateByUrl(DEEP);
    await asked;
    await router.navigateByUrl('/home');

    const known = nextStatus(session, 'signedOut');
    app.storage.release();
    await known;
    await first;

    expect(router.url).toBe('/home');
    expect(app.consumed()).toBeNull();
  });

  it('let people through whose session is stale', async () => {
    const page = open();
    await app.signIn(page);
    app.emulator.faults.add(REFRESH, { kind: 'throttle', times: 99 });
    const stale = nextStatus(page.session, 'stale');
    app.time.sleep(2 * HOUR);
    page.session.forceRefresh();
    const failed = firstValueFrom(page.session.events$);
    await failed;
    app.time.advance(5 * SECOND);
    await stale;

    expect(await app.navigate(DEEP)).toBe(DEEP);
  });

  it('wait for the refresh of a session that is found long after the page began', async () => {
    const before = open();
    await app.signIn(before);
    const [key = ''] = app.storage.inner.keys();
    const stored = app.storage.inner.getItem(key) ?? '';
    app.storage.inner.removeItem(key);
    const page = open();
    await nextStatus(page.session, 'signedOut');
    app.time.advance(30 * SECOND);
    app.storage.inner.setItem(key, stored);
    app.time.sleep(2 * HOUR);
    const barrier = app.emulator.hold(REFRESH);
    page.wake.next('visible');
    await nextStatus(page.session, 'restoring');

    const asked = firstValueFrom(
      page.router.events.pipe(filter((event) => event instanceof GuardsCheckStart)),
    );
    const ended = app.navigate(DEEP);
    await asked;
    app.time.advance(SECOND);
    await barrier.arrived(1);
    await barrier.open();

    expect(await ended).toBe(DEEP);
  });

  it('turn people away as soon as they have signed out', async () => {
    const page = open();
    await app.signIn(page);
    await app.navigate(DEEP);
    await app.navigate('/home');

    page.session.signOut();

    expect(await app.navigate(DEEP)).toBe('/sign-in');
  });

  it('turn people down and say so when no sign-in route is configured', async () => {
    const { logged } = open({ signIn: null });

    expect(await app.navigate(DEEP)).toBe('/');
    expect(logged).toMatchObject([{ level: 'error' }]);
  });

  it('send signed-in people from sign-in to where they belong', async () => {
    await app.signIn(open());

    expect(await app.navigate('/sign-in')).toBe('/home');
  });

  it('let others see sign-in', async () => {
    open();

    expect(await app.navigate('/sign-in')).toBe('/sign-in');
  });

  describe('on a server that does not know who is signed in', () => {
    const server = { provide: PLATFORM_ID, useValue: 'server' };

    it('admit every user if the app says so, without waiting and without a timer', async () => {
      app.storage.hold();
      open({ providers: [server], features: [withServerRendering({ guards: 'allow' })] });

      expect(await app.navigate(DEEP)).toBe(DEEP);
      expect(app.time.armedTimers).toBe(0);
    });

    it('ask for sign-in if the app says so', async () => {
      app.storage.hold();
      open({ providers: [server], features: [withServerRendering({ guards: 'signIn' })] });

      expect(await app.navigate(DEEP)).toBe('/sign-in');
    });

    it.each(['allow', 'signIn'] as const)('admit every user to sign-in with %s', async (guards) => {
      open({ providers: [server], features: [withServerRendering({ guards })] });

      expect(await app.navigate('/sign-in')).toBe('/sign-in');
    });
  });
});

describe('a guard that is asked once', () => {
  const app = guardedApp();
  const routes: Routes = [
    { path: 'home', component: Page },
    { path: 'sign-in', component: Page },
  ];

  it('gives one answer and completes, whatever happens to the session afterwards', async () => {
    const page = app.open({ routes });
    await app.signIn(page);
    const seen: unknown[] = [];
    const { snapshot } = page.router.routerState;
    TestBed.runInInjectionContext(() => signedInGuard(snapshot.root, snapshot)).subscribe({
      next: (answer) => seen.push(answer),
      complete: () => seen.push('complete'),
    });

    await firstValueFrom(page.session.signOut());
    await app.signIn(page);

    expect(seen).toEqual([true, 'complete']);
  });

  it('never navigates: it answers with where to go', async () => {
    const { session, router } = app.open({ routes });
    await nextStatus(session, 'signedOut');
    const navigations: unknown[] = [];
    router.events.subscribe((event) => navigations.push(event));
    const { snapshot } = router.routerState;

    const answer = await firstValueFrom(
      TestBed.runInInjectionContext(() => signedInGuard(snapshot.root, snapshot)),
    );

    expect(answer).toEqual(router.parseUrl('/sign-in'));
    expect(navigations).toEqual([]);
  });
});
