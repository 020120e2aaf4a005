import { everyDay } from '../support/every-day';
import { expect, seenOn, signInWithBrowser, test, visit } from './server-rendering-test';
import { cookiesOf } from './session-cookies';

const ALICE = 'signedIn, alice';
const UNKNOWN = 'restoring, nobody';
/** The app without the page: the browser decides. */
const SHELL = { status: 200, session: UNKNOWN, heading: null, answer: null, location: null };

test.describe('with cookies and verification', () => {
  const wish = { storage: 'cookie', verifies: true } as const;

  test("the server knows who the request's cookies belong to", async ({ signIn, settings, render }) => {
    const cookies = cookiesOf(settings(), await signIn('alice'));

    expect(await render('/', settings(wish), cookies)).toMatchObject({ status: 200, session: ALICE });
    expect(await render('/', settings(wish))).toMatchObject({ status: 200, session: 'signedOut, nobody' });
  });

  test('cookies count however a proxy has joined them, and what is left of them is for the browser', async ({
    signIn,
    settings,
    render,
  }) => {
    const cookies = cookiesOf(settings(), await signIn('alice'));

    for (const rewritten of [`a=1;${cookies};b=2`, `a=1;\t${cookies};\tb=2`, `${cookies}, b=2`])
      expect(await render('/orders', settings(wish), rewritten)).toMatchObject({ session: ALICE });
    expect(await render('/orders', settings(wish), cookies.slice(0, -9))).toMatchObject(SHELL);
  });

  test('the server knows the user before the first navigation, also if the app starts with its end', async ({
    signIn,
    settings,
    render,
  }) => {
    const cookies = cookiesOf(settings(), await signIn('alice'));

    const page = await render('/orders', settings({ ...wish, blocking: true }), cookies);

    expect(page).toMatchObject({ session: ALICE, heading: 'Orders' });
  });

  test('a forged token proves no user', async ({ signIn, settings, render }) => {
    const [alice, bob] = [await signIn('alice'), await signIn('bob')];
    const [header, , signature] = bob.AccessToken.split('.');
    const forged = { ...alice, AccessToken: [header, alice.AccessToken.split('.')[1], signature].join('.') };

    const page = await render('/orders', settings(wish), cookiesOf(settings(), forged));

    expect(page).toMatchObject({ status: 302, location: '/sign-in' });
  });

  test('guards give the real answer', async ({ signIn, settings, render }) => {
    const alice = cookiesOf(settings(), await signIn('alice'));
    const answers = async (path: string) => {
      const signedIn = await render(path, settings(wish), alice);
      const signedOut = await render(path, settings(wish));
      return [signedIn.location ?? signedIn.heading, signedOut.location ?? signedOut.heading];
    };

    expect(await answers('/orders')).toEqual(['Orders', '/sign-in']);
    expect(await answers('/lazy')).toEqual(['Lazy', '/sign-in']);
    expect(await answers('/alice')).toEqual(['Alice', '/sign-in']);
    expect(await answers('/sign-in')).toEqual(['/', 'Sign in']);
    expect(await answers('/admin')).toEqual([null, '/sign-in']);
  });

  test('the browser shows the same once it has verified the session itself', async ({
    page,
    emulator,
    signIn,
    settings,
  }) => {
    await signInWithBrowser(page, { settings: settings(wish), signIn });
    const calls = emulator.log.count('GetTokensFromRefreshToken');

    await page.goto('/orders');
    await expect(page.locator('#answer')).toHaveText('hello alice');

    expect(await seenOn(page)).toEqual({
      seen: [ALICE, UNKNOWN, ALICE],
      states: ['restoring', 'signedIn'],
      // Once the record has confirmed what the cookies say.
      events: ['sessionRestored'],
      isHydrated: true,
    });
    expect(emulator.log.count('GetTokensFromRefreshToken')).toBe(calls);
    expect(await page.locator('#greeting').count()).toBe(1);
  });

  test.describe('forty users at once', () => {
    test.use({ users: 40 });

    test('never see one another', async ({ users, signIn, settings, render }) => {
      const names = Array.from({ length: users }, (_, index) => `user-${index}-`);
      const cookies = await Promise.all(
        names.map(async (name) => cookiesOf(settings(), await signIn(name), name)),
      );

      const pages = await Promise.all([
        ...cookies.map((one) => render('/orders', settings({ ...wish, onServer: true }), one)),
        render('/', settings(wish)),
      ]);

      expect(pages.map(({ session, answer }) => [session, answer])).toEqual([
        ...names.map((name) => [`signedIn, ${name}`, `hello ${name}`]),
        ['signedOut, nobody', null],
      ]);
      const named = pages.map(({ html }) => [...new Set(html.match(/user-\d+-/g) ?? [])]);
      expect(named).toEqual([...names.map((name) => [name]), []]);
    });
  });
});

test.describe('with cookies, not verified', () => {
  test('the server leaves it open who is signed in', async ({ signIn, settings, render }) => {
    const cookies = cookiesOf(settings(), await signIn('alice'));

    const [open, guarded] = [settings({ guards: 'allow' }), settings({ guards: 'signIn' })];

    expect(await render('/orders', settings(), cookies)).toMatchObject(SHELL);
    expect(await render('/orders', open, cookies)).toMatchObject({ session: UNKNOWN, heading: 'Orders' });
    expect(await render('/orders', guarded, cookies)).toMatchObject({ status: 302, location: '/sign-in' });
  });

  test('the browser has the session at once', { tag: '@long' }, async ({ page, signIn, settings }) => {
    await signInWithBrowser(page, { settings: settings(), signIn });

    await page.goto('/orders');
    await expect(page.locator('#session')).toHaveText(ALICE);

    await expect
      .poll(() => seenOn(page))
      .toEqual({
        seen: [UNKNOWN, ALICE],
        states: ['signedIn'],
        events: ['sessionRestored'],
        isHydrated: true,
      });
  });
});

for (const storage of ['local', 'session', 'indexedDb', 'own'] as const)
  test(
    `with the storage «${storage}» nothing is known before the browser looks`,
    everyDay(storage === 'indexedDb'),
    async ({ page, signIn, settings, render }) => {
      await signInWithBrowser(page, { settings: settings({ storage }), signIn });

      expect(await render('/orders', settings({ storage }))).toMatchObject(SHELL);
      await page.goto('/orders');
      await expect(page.locator('#session')).toHaveText(ALICE);

      expect(await seenOn(page)).toEqual({
        seen: [UNKNOWN, ALICE],
        states: ['restoring', 'signedIn'],
        events: ['sessionRestored'],
        isHydrated: true,
      });
    },
  );

test(
  'with memory no user is signed in once the browser has looked',
  { tag: '@long' },
  async ({ page, settings, render }) => {
    const inMemory = settings({ storage: 'memory' });

    await visit(page, inMemory, '/orders');

    expect(await render('/orders', inMemory)).toMatchObject(SHELL);
    await expect(page).toHaveURL(/\/sign-in$/);
    expect(await seenOn(page)).toMatchObject({
      seen: [UNKNOWN, 'signedOut, nobody'],
      states: ['restoring', 'signedOut'],
    });
  },
);

test('guards on the server answer as the app says', async ({ api, settings, render }) => {
  for (const path of ['/orders', '/lazy', '/admin', '/alice', '/start']) {
    const answer = (wish: Parameters<typeof settings>[0]) =>
      render(path, settings({ storage: 'local', ...wish }));

    expect(await answer({})).toMatchObject(SHELL);
    expect(await answer({ guards: 'defer', blocking: true })).toMatchObject(SHELL);
    expect((await answer({})).html).not.toMatch(/Resolved|Other|Orders/);
    expect(await answer({ guards: 'signIn' })).toMatchObject({ status: 302, location: '/sign-in' });
  }
  expect(api.requests).toEqual([]);
  expect(await render('/orders', settings({ storage: 'local', guards: 'allow' }))).toMatchObject({
    status: 200,
    heading: 'Orders',
  });
  for (const guards of ['allow', 'signIn'] as const)
    expect(await render('/sign-in', settings({ storage: 'local', guards }))).toMatchObject({
      heading: 'Sign in',
    });
});

for (const blocking of [false, true])
  test(`the browser decides about a page that the server has left out${blocking ? ', in its first navigation' : ''}`, async ({
    page,
    api,
    signIn,
    settings,
  }) => {
    await signInWithBrowser(page, { settings: settings({ storage: 'local', blocking }), signIn });

    await page.goto('/start?tab=2#end');
    await expect(page.getByRole('heading')).toHaveText('Resolved');
    await expect(page).toHaveURL(/\/start\?tab=2#end$/);
    await page.goto('/orders');
    await expect(page.locator('#answer')).toHaveText('hello alice');

    expect(await seenOn(page)).toMatchObject({ seen: [UNKNOWN, ALICE], isHydrated: true });
    expect(await page.locator('h1').count()).toBe(1);
    expect(api.requests).toHaveLength(1);
  });

test('the browser sends users who are not signed in away from a page that the server has left out', async ({
  page,
  api,
  settings,
}) => {
  await visit(page, settings({ storage: 'local' }), '/orders');

  await expect(page).toHaveURL(/\/sign-in$/);
  await expect(page.getByRole('heading')).toHaveText('Sign in');
  expect(api.requests).toEqual([]);
});

test('whatever is asked on the server is answered before the page is sent', async ({
  emulator,
  signIn,
  settings,
  render,
}) => {
  const cookies = cookiesOf(settings(), await signIn('alice'));
  const answers = async (wish: Parameters<typeof settings>[0]) =>
    [...(await render('/ask', settings(wish), cookies)).html.matchAll(/<li>([^<]*)</g)].map(
      ([, text]) => text,
    );

  expect(await answers({})).toEqual([
    'initialize: nothing',
    'getAccessToken: restoreTimeout',
    'getIdToken: restoreTimeout',
    'getTokens: restoreTimeout',
    'forceRefresh: restoreTimeout',
  ]);
  expect(await answers({ verifies: true })).toEqual([
    'initialize: something',
    'getAccessToken: something',
    'getIdToken: something',
    'getTokens: something',
    'forceRefresh: noRefreshToken',
  ]);
  expect(emulator.log.count('GetTokensFromRefreshToken')).toBe(0);
});

test('a protected request takes no token along from the server unless its rule says so', async ({
  api,
  signIn,
  settings,
  render,
}) => {
  const cookies = cookiesOf(settings(), await signIn('alice'));

  const page = await render('/orders', settings({ verifies: true }), cookies);

  expect(page.answer).toBe('401');
  expect(api.requests.map(({ accessToken }) => accessToken)).toEqual([null]);
  const told = await render('/orders', settings({ verifies: true, onServer: true }), cookies);
  expect(told.answer).toBe('hello alice');
  // What was answered to one user is fetched again by the browser, not handed on in the page.
  expect(told.html).not.toContain('"username"');
  const unverified = await render('/orders', settings({ onServer: true, guards: 'allow' }), cookies);
  expect(unverified.answer).not.toContain('alice');
});

test('a page rendered at build time is left out, and the browser goes on', async ({
  page,
  api,
  server,
  signIn,
  settings,
}) => {
  const html = await (await fetch(`${server.url}/prerendered`)).text();
  expect(html).toContain('ng-server-context="ssg"');
  expect(html).toContain(UNKNOWN);
  expect(html).not.toMatch(/Orders|id="answer"/);
  await visit(page, settings({ storage: 'local' }), '/prerendered');
  await expect(page).toHaveURL(/\/sign-in$/);
  expect(api.requests).toEqual([]);
  await signInWithBrowser(page, { settings: settings({ storage: 'local' }), signIn });

  await page.goto('/prerendered');
  await expect(page.locator('#session')).toHaveText(ALICE);

  await expect(page.getByRole('heading')).toHaveText('Orders');
  await expect(page.locator('#answer')).toHaveText('hello alice');
  expect(await seenOn(page)).toEqual({
    seen: [UNKNOWN, ALICE],
    states: ['restoring', 'signedIn'],
    events: ['sessionRestored'],
    isHydrated: true,
  });
});
