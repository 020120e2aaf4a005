import { startEmulator, type Emulator } from 'cognito-emulator';
import { startAppServer } from './support/app-server';
import { expect, leaks, test as base } from './support/leaks/watched-test';

interface Fixtures {
  emulator: Emulator;
  /** An access token, and a part of its signature. */
  secrets: readonly string[];
}

/** What the page can store: a value in the object store `items` of a database. */
async function storeIn(name: string, store: string, key: string, value: unknown): Promise<void> {
  const opening = indexedDB.open(name, Date.now());
  opening.onupgradeneeded = () => {
    if (!opening.result.objectStoreNames.contains(store)) opening.result.createObjectStore(store);
  };
  await new Promise((resolve) => (opening.onsuccess = resolve));
  const transaction = opening.result.transaction(store, 'readwrite');
  transaction.objectStore(store).put(value, key);
  await new Promise((resolve) => (transaction.oncomplete = resolve));
  opening.result.close();
}

const PAGE = `<!doctype html><title>Leaks</title><link rel="icon" href="data:,"><main></main><script>${storeIn.toString()}</script>`;

/** A page that does what no page may do. Each test takes back what was seen: otherwise it would fail, as every other test does. */
const test = base.extend<Fixtures>({
  // eslint-disable-next-line no-empty-pattern -- Playwright reads the fixtures from the pattern.
  emulator: async ({}, use) => {
    const emulator = await startEmulator();
    leaks.guard(emulator);
    await use(emulator);
    await emulator.close();
  },
  baseURL: async ({ emulator }, use) => {
    const server = await startAppServer(PAGE, new Map(), () => Promise.resolve({ url: emulator.url }));
    await use(server.url);
    await server.close();
  },
  secrets: async ({ emulator }, use) => {
    const { AccessToken } = await emulator.signIn('alice');
    await use([AccessToken, AccessToken.slice(-60, -10)]);
  },
});

const LEAKS: readonly (readonly [place: string, leak: (secret: string) => unknown])[] = [
  ['the console', (secret) => console.log('signed in', secret)],
  ['the console', (secret) => console.debug({ deep: { tokens: [{ secret }] } })],
  ['the console', (secret) => console.warn(new Error('failed', { cause: { headers: `Bearer ${secret}` } }))],
  ['an uncaught error', (secret) => setTimeout(() => Promise.reject(new Error(secret)))],
  ['a page', (secret) => document.querySelector('main')?.append(secret)],
  ['a page', (secret) => document.body.setAttribute('data-state', btoa(`{"token":"${secret}"}`))],
  ['a page', (secret) => (document.title = secret)],
  ['a page', (secret) => history.replaceState({ secret }, '')],
  ['the item cart', (secret) => localStorage.setItem('cart', JSON.stringify({ secret }))],
  ['the item x', (secret) => sessionStorage.setItem('x', encodeURIComponent(`"${secret}"`))],
  [
    'the database cart, items, "a", order',
    (secret) => storeIn('cart', 'items', 'a', { order: `x ${secret}` }),
  ],
  [
    'the database cart, items, "a", list.1.0',
    (secret) => storeIn('cart', 'items', 'a', { list: [0, [secret]] }),
  ],
  [
    'the database cart, items, "a", bytes',
    (secret) => storeIn('cart', 'items', 'a', { bytes: new TextEncoder().encode(secret) }),
  ],
  ['the database cart, items, "a", ', (secret) => storeIn('cart', 'items', 'a', secret)],
  ['a message between tabs', (secret) => new BroadcastChannel('all').postMessage({ type: 'in', secret })],
  ['the address of a page', (secret) => history.replaceState(null, '', `#access_token=${secret}`)],
  ['the URL of a request', (secret) => fetch(`/hello?token=${encodeURIComponent(secret)}`)],
  ['the header authorization of a request', (secret) => fetch('/', { headers: { authorization: secret } })],
  ['the body of a request', (secret) => fetch('/', { method: 'POST', body: secret })],
];

for (const [what, part] of [
  ['a token', 0],
  ['a part of a token', 1],
] as const)
  test(`${what} is reported from everywhere on a page`, async ({ context, secrets }) => {
    for (const [place, leak] of LEAKS) {
      const page = await context.newPage();
      await page.goto('/');
      await page.evaluate(leak, secrets[part] ?? '');
      // What it has begun has left the page.
      await page.evaluate(() => new Promise((resolve) => setTimeout(resolve)));
      await page.close();

      const found = await leaks.take();

      expect(found, place).toEqual([expect.stringContaining(place)]);
      const cleaner = await context.newPage();
      await cleaner.goto('/');
      await cleaner.evaluate(() => localStorage.clear());
      await cleaner.evaluate(
        () => new Promise((resolve) => (indexedDB.deleteDatabase('cart').onsuccess = resolve)),
      );
      await cleaner.close();
    }
  });

test('a token in a cookie is reported', async ({ context, page, secrets: [token = ''] }) => {
  await page.goto('/');
  await page.evaluate((secret) => (document.cookie = `theme=${secret}`), token);
  await context.close();

  expect(await leaks.take()).toEqual([expect.stringMatching(/^the cookie theme/)]);
});

test('a token in the output of a server is reported', async ({ secrets }) => {
  process.stdout.write(`GET /?token=${secrets[1] ?? ''} 200\n`);

  expect(await leaks.take()).toEqual([expect.stringMatching(/^the output of the servers/)]);
});

test('a token that goes to the Cognito that issued it is no leak, and neither are claims', async ({
  page,
  context,
  emulator,
  secrets: [token = ''],
}) => {
  await page.goto('/');
  await page.evaluate(
    ([url, secret]) =>
      fetch(url, { headers: { authorization: `Bearer ${secret}` } }).then(
        () => undefined,
        () => undefined,
      ),
    [`${emulator.url}/oauth2/userInfo`, token] as const,
  );
  const claims = Buffer.from(token.split('.')[1] ?? '', 'base64url').toString();
  await page.evaluate((text) => document.querySelector('main')?.append(text), claims);
  await context.close();

  expect(await leaks.take()).toEqual([]);
});

/** The library stores tokens there where the app has chosen it. */
const OWN_STORES: readonly (readonly [place: string, store: (secret: string) => unknown])[] = [
  ['the item cognito-session:client', (secret) => localStorage.setItem('cognito-session:client', secret)],
  [
    'the database cognito-session, items, "record:client", tokens.accessToken',
    (secret) =>
      storeIn('cognito-session', 'items', 'record:client', { v: 1, tokens: { accessToken: secret } }),
  ],
];

test('a token where the library stores sessions is reported unless the app has chosen such a storage', async ({
  context,
  secrets: [token = ''],
}) => {
  const visit = async (store: (secret: string) => unknown) => {
    const page = await context.newPage();
    await page.goto('/');
    await page.evaluate(store, token);
    await page.close();
  };
  for (const [place, store] of OWN_STORES) {
    await visit(store);
    expect(await leaks.take()).toContainEqual(expect.stringContaining(place));
  }

  leaks.allowOwnStores();
  for (const [, store] of OWN_STORES) await visit(store);
  expect(await leaks.take()).toEqual([]);
});

/** Nothing but a member of the record that is a token: not in a sealed record, and nowhere else in the database of the library. */
const NEVER_IN_DATABASE: readonly (readonly [place: string, store: (secret: string) => unknown])[] = [
  [
    '"record:client/shared", tokens.accessToken',
    (secret) =>
      storeIn('cognito-session', 'items', 'record:client/shared', { tokens: { accessToken: secret } }),
  ],
  [
    '"record:client/sid", bytes',
    (secret) =>
      storeIn('cognito-session', 'items', 'record:client/sid', {
        bytes: new TextEncoder().encode(secret).buffer,
      }),
  ],
  [
    '"record:client", reason',
    (secret) => storeIn('cognito-session', 'items', 'record:client', { reason: secret }),
  ],
  ['"item:aws", ', (secret) => storeIn('cognito-session', 'items', 'item:aws', secret)],
  [
    'others, "record:client", spare',
    (secret) => storeIn('cognito-session', 'others', 'record:client', { spare: secret }),
  ],
  [
    'another, items, "record:client", spare',
    (secret) => storeIn('another', 'items', 'record:client', { spare: secret }),
  ],
];

for (const [place, store] of NEVER_IN_DATABASE)
  test(`a token in a database is reported whatever the app has chosen: ${place}`, async ({
    context,
    page,
    secrets: [token = ''],
  }) => {
    leaks.allowOwnStores();
    await page.goto('/');
    await page.evaluate(store, token);
    await context.close();

    expect(await leaks.take()).toEqual([expect.stringContaining(place)]);
  });

test('a database is searched although the page has replaced how databases are opened', async ({
  context,
  page,
  secrets: [token = ''],
}) => {
  await page.goto('/');
  await page.evaluate((secret) => storeIn('cart', 'items', 'a', secret), token);
  await page.evaluate(() => {
    IDBFactory.prototype.open = () => new EventTarget() as IDBOpenDBRequest;
  });
  await context.close();

  expect(await leaks.take()).toEqual([expect.stringContaining('the database cart')]);
});
