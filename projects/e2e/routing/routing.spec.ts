import { expect, shown, signInThere, test } from './routing-test';

const ATTEMPTED = '/orders/7;view=full?sort=date%20desc&tag=a%26b#notes';

test('managed login leads back to the full attempted URL', async ({ page, emulator }) => {
  await page.goto(ATTEMPTED);
  await page.waitForURL((url) => url.origin === emulator.url);
  await signInThere(page);

  await expect(page.getByRole('heading', { name: 'Orders' })).toBeVisible();
  await expect(page).toHaveURL(ATTEMPTED);
  await expect(page.getByRole('status')).toHaveText('Signed in as alice');
  // From the moment managed login came back no other page was shown. The last two come within one frame, in either order.
  const texts = (await shown(page)).filter((text) => text !== 'Signed out');
  expect(texts[0]).toBe('One moment');
  expect(texts.slice(1).sort()).toEqual(['Orders', 'Signed in as alice']);
});

test('a reload of a guarded page shows nothing but that page', async ({ page, emulator, configGate }) => {
  await page.goto(ATTEMPTED);
  await page.waitForURL((url) => url.origin === emulator.url);
  await signInThere(page);
  await expect(page.getByRole('heading', { name: 'Orders' })).toBeVisible();

  configGate.hold();
  const asked = page.waitForRequest('**/config.json');
  await page.reload({ waitUntil: 'commit' });
  await asked;
  await expect(page.getByRole('link', { name: 'Reports' })).toBeVisible();
  const meanwhile = await shown(page);
  configGate.release();
  await expect(page.getByRole('heading', { name: 'Orders' })).toBeVisible();

  expect(meanwhile).toEqual([]);
  expect([...(await shown(page))].sort()).toEqual(['Orders', 'Signed in as alice']);
  await expect(page).toHaveURL(ATTEMPTED);
});

test('what may not be entered is not loaded either', { tag: '@long' }, async ({ page, emulator }) => {
  const chunks: string[] = [];
  page.on('request', (request) => {
    if (request.url().includes('reports-page')) chunks.push(request.url());
  });
  await page.goto('/reports');
  await page.waitForURL((url) => url.origin === emulator.url);
  const signedOut = chunks.length;
  await signInThere(page);
  await expect(page.getByRole('heading', { name: 'Reports' })).toBeVisible();
  await expect(page).toHaveURL('/reports');
  const entered = chunks.length;
  await page.getByRole('link', { name: 'Audit' }).click();

  await expect(page.getByRole('heading', { name: 'No such page' })).toBeVisible();
  expect([signedOut, entered, chunks.length]).toEqual([0, 1, 1]);
});

test('a planted return URL leads nowhere else', { tag: '@long' }, async ({ page, emulator }) => {
  await page.goto(ATTEMPTED);
  await page.waitForURL((url) => url.origin === emulator.url);
  // As a script of the same origin could have done.
  await page.context().addInitScript(() => {
    for (const key of Object.keys(sessionStorage))
      if (key.includes('return-url')) sessionStorage.setItem(key, '//evil.example/phish');
  });
  await signInThere(page);

  await expect(page.getByRole('heading', { name: 'Home' })).toBeVisible();
  await expect(page).toHaveURL('/');
});
