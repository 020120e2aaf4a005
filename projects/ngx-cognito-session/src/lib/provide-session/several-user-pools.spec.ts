import { HttpClient, provideHttpClient, withInterceptors } from '@angular/common/http';
import { ChangeDetectionStrategy, Component, inject, Injector } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { provideRouter, Router, type Routes } from '@angular/router';
import { RouterTestingHarness } from '@angular/router/testing';
import { startEmulator, type Emulator } from 'cognito-emulator';
import { startSampleApi, type SampleApi } from 'local-services';
import { IDBFactory } from 'fake-indexeddb';
import { firstValueFrom, map } from 'rxjs';
import { REFRESH, REVOKE } from '../../../testing-support/emulated-app';
import { ManualTime } from '../../../testing-support/manual-time';
import { nextStatus } from '../../../testing-support/session-app';
import { turns } from '../../../testing-support/turns';
import {
  consumeReturnUrl,
  provideSession,
  SESSION_CLOCK,
  sessionInterceptor,
  SessionService,
  signedInGuard,
  withIndexedDb,
  withLocalStorage,
  withLogger,
  withSignInRoute,
  withTokenInjection,
  type SessionConfig,
  type SessionFeature,
} from '../../public-api';
import { SESSION_SCHEDULER } from '../platform/session-scheduler';

const ignore = () => undefined;

type Pool = 'staff' | 'partners';

const USER_POOLS: Readonly<Record<Pool, string>> = {
  staff: 'eu-west-1_Staff0001',
  partners: 'eu-west-1_Partners1',
};
const USERS: Readonly<Record<Pool, string>> = { staff: 'alice', partners: 'paula' };

@Component({ selector: 'app-page', template: 'page', changeDetection: ChangeDetectionStrategy.OnPush })
class Page {
  readonly session = inject(SessionService);
  private readonly http = inject(HttpClient);

  private readonly injector = inject(Injector);

  returnUrl(): string | null {
    return consumeReturnUrl({ injector: this.injector });
  }

  /** Who the API takes the caller for. */
  hello(api: SampleApi): Promise<string> {
    return firstValueFrom(
      this.http.get<{ username: string }>(`${api.url}/api/hello`).pipe(map(({ username }) => username)),
    );
  }
}

/** The recipe of `docs/guides/several-user-pools.md`: one pool for the app, another for the routes below `/partners`. */
describe.each([
  ['in IndexedDB', withIndexedDb],
  ['in localStorage', withLocalStorage],
])('an app with two user pools that keeps its sessions %s', (_, withStorageOfBoth) => {
  let emulator: Emulator;
  let time: ManualTime;
  let apis: Record<Pool, SampleApi>;
  let logged: string[];

  beforeEach(async () => {
    logged = [];
    localStorage.clear();
    sessionStorage.clear();
    globalThis.indexedDB = new IDBFactory();
    time = new ManualTime();
    emulator = await startEmulator({
      clock: time,
      pools: (['staff', 'partners'] as const).map((pool) => ({
        id: USER_POOLS[pool],
        clients: [{ clientId: pool, rotation: true, graceSeconds: 0 }],
        users: [{ username: USERS[pool], password: 'Correct-horse-1' }],
      })),
    });
    apis = { staff: await startApi('staff'), partners: await startApi('partners') };
  });

  afterEach(async () => {
    // The router does not destroy the injector of a route: what its page still writes must not reach the next test.
    await turns(20);
    Reflect.deleteProperty(globalThis, 'indexedDB');
    await Promise.all([apis.staff.close(), apis.partners.close(), emulator.close()]);
  });

  /** Accepts tokens of one pool only. */
  function startApi(pool: Pool): Promise<SampleApi> {
    const userPoolId = USER_POOLS[pool];
    const jwksUrl = `${emulator.url}/${userPoolId}/.well-known/jwks.json`;
    return startSampleApi({ userPoolId, clientId: pool, jwksUrl, clock: time });
  }

  function configOf(pool: Pool): SessionConfig {
    return {
      region: 'eu-west-1',
      userPoolId: USER_POOLS[pool],
      clientId: pool,
      endpoint: emulator.url,
    };
  }

  function featuresOf(pool: Pool): SessionFeature[] {
    const log = (message: string) => void logged.push(`${pool}: ${message}`);
    return [
      withLogger({ debug: ignore, warn: ignore, error: log }),
      withStorageOfBoth(),
      withTokenInjection({ attachTo: [`${apis[pool].url}/api`] }),
    ];
  }

  /** Opens a page of the app; the one before is gone, as after a reload. */
  async function open(
    partnersSignIn: readonly SessionFeature[] = [withSignInRoute('/partners/sign-in')],
  ): Promise<{ readonly harness: RouterTestingHarness; readonly router: Router }> {
    const pages: Routes = [
      { path: 'sign-in', component: Page },
      { path: 'open', component: Page },
      { path: 'closed/:id', canActivate: [signedInGuard], component: Page },
      {
        path: 'lazy',
        canMatch: [signedInGuard],
        loadChildren: () => Promise.resolve<Routes>([{ path: '', component: Page }]),
      },
    ];
    TestBed.resetTestingModule();
    TestBed.configureTestingModule({
      providers: [
        { provide: SESSION_CLOCK, useValue: time },
        { provide: SESSION_SCHEDULER, useValue: time.scheduler },
        provideRouter([
          ...pages,
          {
            path: 'partners',
            providers: [
              provideSession(configOf('partners'), ...featuresOf('partners'), ...partnersSignIn),
              provideHttpClient(withInterceptors([sessionInterceptor])),
            ],
            children: pages,
          },
        ]),
        provideSession(configOf('staff'), ...featuresOf('staff'), withSignInRoute('/sign-in')),
        provideHttpClient(withInterceptors([sessionInterceptor])),
      ],
    });
    return { harness: await RouterTestingHarness.create(), router: TestBed.inject(Router) };
  }

  async function signIn({ session }: Page, pool: Pool): Promise<void> {
    const tokens = await emulator.signIn(USERS[pool], { clientId: pool });
    await firstValueFrom(session.setTokens(tokens));
  }

  async function bothSignedIn(): Promise<
    Record<Pool, Page> & { readonly harness: RouterTestingHarness; readonly router: Router }
  > {
    const { harness, router } = await open();
    const staff = await harness.navigateByUrl('/open', Page);
    await signIn(staff, 'staff');
    const partners = await harness.navigateByUrl('/partners/open', Page);
    await signIn(partners, 'partners');
    return { staff, partners, harness, router };
  }

  it('has two sessions at the same time', async () => {
    const { staff, partners } = await bothSignedIn();

    expect(staff.session.user()?.username).toBe('alice');
    expect(partners.session.user()?.username).toBe('paula');
  });

  it('sends each API the tokens of its own pool', async () => {
    const { staff, partners } = await bothSignedIn();

    expect(await staff.hello(apis.staff)).toBe('alice');
    expect(await partners.hello(apis.partners)).toBe('paula');
    // A token that has just been issued would be sent again at first.
    time.advance(3000);
    await expect(staff.hello(apis.partners)).rejects.toMatchObject({ status: 401 });
    await expect(partners.hello(apis.staff)).rejects.toMatchObject({ status: 401 });
  });

  it('renews each session with its own app client', async () => {
    const { staff, partners } = await bothSignedIn();

    await firstValueFrom(partners.session.forceRefresh());
    await firstValueFrom(staff.session.forceRefresh());

    expect(emulator.log.calls(REFRESH).map(({ clientId, status }) => [clientId, status])).toEqual([
      ['partners', 200],
      ['staff', 200],
    ]);
    expect([await staff.hello(apis.staff), await partners.hello(apis.partners)]).toEqual(['alice', 'paula']);
  });

  it('restores both after a reload', async () => {
    await bothSignedIn();

    const { harness } = await open();
    const staff = await harness.navigateByUrl('/closed/1', Page);
    const partners = await harness.navigateByUrl('/partners/closed/1', Page);

    expect([staff.session.user()?.username, partners.session.user()?.username]).toEqual(['alice', 'paula']);
  });

  it('signs out of one and stays signed in to the other, also after a reload', async () => {
    const { staff, partners } = await bothSignedIn();

    await firstValueFrom(staff.session.signOut());
    const stillSignedIn = partners.session.isSignedIn();
    const { harness, router } = await open();
    await harness.navigateByUrl('/partners/closed/1', Page);
    const partnersAt = router.url;
    await harness.navigateByUrl('/closed/1', Page);

    expect(stillSignedIn).toBe(true);
    expect([partnersAt, router.url]).toEqual(['/partners/closed/1', '/sign-in']);
    expect(emulator.log.calls(REVOKE).map(({ clientId }) => clientId)).toEqual(['staff']);
  });

  it.each(['closed/7?x=1#f', 'lazy?x=1#f'])('guards each part with its own session (%s)', async (path) => {
    const { harness, router } = await open();
    await signIn(await harness.navigateByUrl('/open', Page), 'staff');

    await harness.navigateByUrl(`/${path}`);
    const staffAt = router.url;
    const signInPage = await harness.navigateByUrl(`/partners/${path}`, Page);

    expect([staffAt, router.url]).toEqual([`/${path}`, '/partners/sign-in']);
    expect(signInPage.returnUrl()).toBe(`/partners/${path}`);
  });

  it('keeps an attempted URL for those who sign in to that pool', async () => {
    const { harness } = await open();
    await harness.navigateByUrl('/closed/1', Page);

    const partners = await harness.navigateByUrl('/partners/sign-in', Page);
    const ofPartners = partners.returnUrl();
    const staff = await harness.navigateByUrl('/sign-in', Page);

    expect([ofPartners, staff.returnUrl()]).toEqual([null, '/closed/1']);
  });

  it('never asks for sign-in to the other pool: without a route of its own it turns people down', async () => {
    const { harness, router } = await open([]);
    await harness
      .navigateByUrl('/partners/open', Page)
      .then(({ session }) => nextStatus(session, 'signedOut'));

    await harness.navigateByUrl('/partners/closed/1').catch(() => null);

    expect(router.url).toBe('/partners/open');
    expect(logged).toEqual([expect.stringMatching(/^partners: .*withSignInRoute/)]);
  });
});
