import { ChangeDetectionStrategy, Component, inject, Injector } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import {
  GuardsCheckStart,
  provideRouter,
  Router,
  withComponentInputBinding,
  type Routes,
} from '@angular/router';
import { RouterTestingHarness } from '@angular/router/testing';
import { startEmulator, type Emulator } from 'cognito-emulator';
import { filter, firstValueFrom, of } from 'rxjs';
import { HeldStorage } from '../../../testing-support/counting-storage';
import { ManualTime } from '../../../testing-support/manual-time';
import { configFor, startApp, type SessionApp } from '../../../testing-support/session-app';
import {
  consumeReturnUrl,
  signedInGuard,
  signedOutGuard,
  withSignInRoute,
  withStorage,
  type SessionFeature,
  type SignInTarget,
} from '../../public-api';

@Component({ selector: 'app-page', template: 'page', changeDetection: ChangeDetectionStrategy.OnPush })
class Page {}

const ROUTES: Routes = [
  { path: 'sign-in', canActivate: [signedOutGuard], component: Page },
  { path: 'home', component: Page },
  { path: 'orders/:id', canActivate: [signedInGuard], component: Page },
  { path: 'area', canActivateChild: [signedInGuard], children: [{ path: 'inner', component: Page }] },
  {
    path: 'lazy',
    canMatch: [signedInGuard],
    loadChildren: () => Promise.resolve<Routes>([{ path: 'deep', component: Page }]),
  },
];
const DEEP = '/orders/7;view=full?sort=date&q=a%20b#notes';

describe('guards', () => {
  let emulator: Emulator;
  let time: ManualTime;
  let storage: HeldStorage;

  beforeAll(async () => {
    emulator = await startEmulator();
  });

  afterAll(() => emulator.close());

  beforeEach(() => {
    time = new ManualTime(emulator.clock.now());
    storage = new HeldStorage();
    sessionStorage.clear();
  });

  function open(target: SignInTarget | null = '/sign-in'): SessionApp & { readonly router: Router } {
    const features: SessionFeature[] = [withStorage(storage)];
    if (target !== null) features.push(withSignInRoute(target, { afterSignIn: '/home' }));
    const app = startApp({
      config: configFor(emulator),
      time,
      features,
      providers: [provideRouter(ROUTES, withComponentInputBinding())],
    });
    return { ...app, router: TestBed.inject(Router) };
  }

  async function signIn({ session }: SessionApp): Promise<void> {
    await firstValueFrom(session.setTokens(await emulator.signIn('alice')));
  }

  function consumed(): string | null {
    return consumeReturnUrl({ injector: TestBed.inject(Injector) });
  }

  async function navigate(url: string): Promise<string> {
    const harness = await RouterTestingHarness.create();
    await harness.navigateByUrl(url).catch(() => null);
    return TestBed.inject(Router).url;
  }

  it('lets signed-in people through', async () => {
    await signIn(open());

    expect(await navigate(DEEP)).toBe(DEEP);
  });

  it.each([
    ['canActivate', DEEP],
    ['canActivateChild', '/area/inner?x=1'],
    ['canMatch', '/lazy/deep;m=1?x=1#f'],
  ])('sends others to sign-in and keeps the full attempted URL (%s)', async (_, url) => {
    open();

    expect(await navigate(url)).toBe('/sign-in');
    expect(consumed()).toBe(url);
  });

  it('gives the attempted URL in an injection context, too', async () => {
    open();
    await navigate(DEEP);

    expect(TestBed.runInInjectionContext(() => consumeReturnUrl())).toBe(DEEP);
  });

  it('gives the attempted URL once', async () => {
    open();
    await navigate(DEEP);

    expect(consumed()).toBe(DEEP);
    expect(consumed()).toBeNull();
  });

  it('gives the attempted URL after an external redirect', async () => {
    open();
    await navigate(DEEP);

    open();

    expect(consumed()).toBe(DEEP);
  });

  it('keeps the attempted URL in memory where the browser has no storage', async () => {
    const denied = jest.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
      throw new DOMException('denied', 'SecurityError');
    });
    open();
    await navigate(DEEP);
    denied.mockRestore();

    expect(consumed()).toBe(DEEP);
  });

  it.each([
    'https://evil.example',
    '//evil.example',
    '/\\evil.example',
    'javascript:alert(1)',
    '/\t/evil.example',
  ])('does not give %j back from a tampered storage', async (url) => {
    open();
    await navigate(DEEP);
    for (const key of Object.keys(sessionStorage)) sessionStorage.setItem(key, url);

    expect(consumed()).toBeNull();
  });

  it('waits for the restore and answers once', async () => {
    await signIn(open());
    storage.hold();
    open();
    const navigation = navigate(DEEP);

    await Promise.resolve();
    storage.release();

    expect(await navigation).toBe(DEEP);
  });

  it('acts as signed out after 10 s of restoring, and keeps the attempted URL', async () => {
    storage.hold();
    const { router } = open();
    const navigation = router.navigateByUrl('/orders/1');
    await firstValueFrom(router.events.pipe(filter((event) => event instanceof GuardsCheckStart)));

    const redirected = firstValueFrom(
      router.events.pipe(filter((event) => event instanceof GuardsCheckStart && event.url === '/sign-in')),
    );
    time.advance(10_000);
    await redirected;
    // The guard of the sign-in page does not wait for another 10 s.
    time.advance(0);
    await navigation;

    expect(router.url).toBe('/sign-in');
    expect(consumed()).toBe('/orders/1');
  });

  it('asks a function, in an injection context, where to go', async () => {
    const asked: string[] = [];
    open((returnUrl) => {
      asked.push(returnUrl);
      return inject(Router).parseUrl('/home');
    });

    expect(await navigate('/orders/1')).toBe('/home');
    expect(asked).toEqual(['/orders/1']);
  });

  it('stays where it is when the function leaves the page', async () => {
    open(() => of(false));

    expect(await navigate('/orders/1')).toBe('/');
  });

  it('turns people down and says so when no sign-in route is configured', async () => {
    const { logged } = open(null);

    expect(await navigate('/orders/1')).toBe('/');
    expect(logged).toMatchObject([{ level: 'error' }]);
  });

  it('sends signed-in people from sign-in to where they belong', async () => {
    await signIn(open());

    expect(await navigate('/sign-in')).toBe('/home');
  });

  it('lets others see sign-in', async () => {
    open();

    expect(await navigate('/sign-in')).toBe('/sign-in');
  });
});
