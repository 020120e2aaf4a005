import type { StorageLab } from './page/storage-lab';
import { call, expect, INSECURE_ORIGIN, SECURE_ORIGIN, serveAt, test } from './storage-test';

declare const storageLab: StorageLab;

const HEAD = 'cognito-session.key';

test('a session lies in one cookie, for this host, this path and this browser session', async ({
  page,
  context,
}) => {
  await page.goto('/');
  await page.evaluate(() => storageLab.writeCookies({}, 'key', 2800));

  expect(await context.cookies()).toEqual([
    expect.objectContaining({
      name: HEAD,
      domain: '127.0.0.1',
      path: '/',
      expires: -1,
      httpOnly: false,
      secure: false,
      sameSite: 'Lax',
    }),
  ]);
});

test('cookies on https are Secure, and a __Host- prefix is accepted', async ({ page, context, script }) => {
  await serveAt(context, SECURE_ORIGIN, script);
  await page.goto(SECURE_ORIGIN);

  const plain = await page.evaluate(() => storageLab.writeCookies({}, 'key', 9000));
  const host = await page.evaluate(() => storageLab.writeCookies({ prefix: '__Host-a.' }, 'key', 9000));

  expect([plain, host]).toEqual([null, null]);
  const cookies = await context.cookies();
  expect(cookies).toHaveLength(6);
  expect(cookies.map(({ domain, secure, sameSite }) => ({ domain, secure, sameSite }))).toEqual(
    cookies.map(() => ({ domain: 'app.example', secure: true, sameSite: 'Lax' })),
  );
});

test('a domain shares the cookies with its subdomains', async ({ page, context, script }) => {
  await serveAt(context, 'https://*.app.example', script);
  await serveAt(context, SECURE_ORIGIN, script);
  await page.goto('https://one.app.example');
  await page.evaluate(() => storageLab.writeCookies({ domain: 'app.example' }, 'key', 9000));
  const text = await page.evaluate(() => storageLab.session(9000));

  await page.goto('https://two.app.example');

  const shared = await page.evaluate(() =>
    storageLab.withCookies({ domain: 'app.example' }, 'getItem', 'key'),
  );
  expect(shared).toBe(text);
  // A host that does not share its cookies ignores those that a sibling has written.
  expect(await call(page, 'cookies', 'getItem', 'key')).toBeNull();
  // Without the domain they cannot be removed, and that is reported.
  const removal = await page.evaluate(() =>
    storageLab.withCookies({ prefix: 'cognito-session.' }, 'removeItem', 'key'),
  );
  expect(removal).toContain('another path or domain');
});

test('what the browser refuses without a word is an error, and nothing stays', async ({
  page,
  context,
  script,
}) => {
  await serveAt(context, INSECURE_ORIGIN, script);
  await page.goto(INSECURE_ORIGIN);

  const outcomes = await page.evaluate(async () => [
    await storageLab.writeCookies({ secure: true }, 'key', 9000),
    await storageLab.writeCookies({ prefix: '__Host-a.' }, 'key', 100),
    await storageLab.writeCookies({ domain: 'other.example' }, 'key', 9000),
    await storageLab.writeCookies({ path: '/elsewhere' }, 'key', 9000),
  ]);

  expect(outcomes).toEqual(outcomes.map(() => expect.stringContaining('did not keep the cookies')));
  expect(await page.evaluate(() => document.cookie)).toBe('');
});

test(
  'every cookie is one that Chromium keeps, up to the largest value',
  { tag: '@long' },
  async ({ page, context }) => {
    await page.goto('/');

    const outcomes = await page.evaluate(async () => {
      const results: unknown[] = [];
      for (let bytes = 3000; bytes <= 11_800; bytes += 44)
        results.push(await storageLab.writeCookies({ maxAge: 31_536_000, sameSite: 'Strict' }, 'key', bytes));
      return results;
    });

    expect(outcomes).toEqual(outcomes.map(() => null));
    const sizes = (await context.cookies()).map(({ name, value }) => name.length + value.length);
    expect(sizes.length).toBeGreaterThanOrEqual(3);
    expect(Math.max(...sizes)).toBeLessThan(4096);
  },
);

test('a value that is too large is refused with the sizes, and the old one stays', async ({ page }) => {
  await page.goto('/');
  await page.evaluate(() => storageLab.writeCookies({}, 'key', 9000));

  expect(await page.evaluate(() => storageLab.writeCookies({}, 'key', 13_000))).toMatch(
    /^SessionError: The value takes 1\d{4} bytes of cookies; at most 12288/,
  );
  expect(await call(page, 'cookies', 'getItem', 'key')).toBe(
    await page.evaluate(() => storageLab.session(9000)),
  );
});

test('a value of which the browser dropped a part, as it does with too many cookies, reads as none', async ({
  page,
}) => {
  await page.goto('/');
  await page.evaluate(() => storageLab.writeCookies({}, 'key', 9000));
  await page.evaluate(() => {
    for (let index = 0; index < 200; index++) document.cookie = `filler-${index}=x`;
  });
  const kept = await page.evaluate(
    () => document.cookie.split('; ').filter((pair) => pair.startsWith('cognito-session')).length,
  );

  // The control: Chromium really did drop some.
  expect(kept).toBeLessThan(3);
  expect(await call(page, 'cookies', 'getItem', 'key')).toBeNull();
  await call(page, 'cookies', 'setItem', 'key', 'again');
  expect(await call(page, 'cookies', 'getItem', 'key')).toBe('again');
});

test(
  'a tab that reads all the time while another one writes never sees a mix',
  { tag: '@long' },
  async ({ page, otherTab }) => {
    const [seen] = await Promise.all([
      page.evaluate(() => storageLab.readAll('cookies', { inOneTask: true })),
      otherTab.evaluate(() => storageLab.writeInBatches('cookies')),
    ]);

    expect(seen).toEqual({ mixed: 0 });
  },
);

test(
  'two tabs that write at once leave one whole value and nothing else',
  { tag: '@long' },
  async ({ page, otherTab }) => {
    await Promise.all([
      page.evaluate(() => storageLab.writeInTurn('cookies', 200)),
      otherTab.evaluate(() => storageLab.writeInTurn('cookies', 200)),
    ]);

    expect(await call(page, 'cookies', 'getItem', 'key')).toBe('over');
    // What the writer that came first has left is cleared with the next write.
    await call(page, 'cookies', 'setItem', 'key', 'later');
    expect(await page.evaluate(() => document.cookie)).toMatch(/^cognito-session\.key=\d+-\w+\.1\.later$/);
  },
);
