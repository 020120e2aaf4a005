import { chromium, type Frame, type Page } from '@playwright/test';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { StorageKind } from './page/storage-lab';
import { expect, outcome, test } from './storage-test';

const kinds: readonly StorageKind[] = ['localStorage', 'sessionStorage', 'cookies', 'indexedDb'];

/** Nothing is claimed to be written, nothing is read; both fail or answer, nothing hangs. */
async function expectRefusals(page: Page | Frame): Promise<void> {
  for (const kind of kinds) {
    expect(await outcome(page, kind, 'setItem', 'key', 'value'), `${kind}, write`).toMatch(/^\w*Error: ./);
    const read = await outcome(page, kind, 'getItem', 'key');
    if (read !== null) expect(read, `${kind}, read`).toMatch(/^\w*Error: ./);
  }
}

test('a sandboxed page has no storage, and every adapter says so', async ({ page, origin }) => {
  await page.goto('/');
  await page.evaluate((script) => {
    const frame = document.createElement('iframe');
    frame.sandbox.add('allow-scripts');
    frame.name = 'sandbox';
    frame.srcdoc = `<script src="${script}"></script>`;
    return new Promise((resolve) => {
      frame.onload = resolve;
      document.body.append(frame);
    });
  }, `${origin}/storage-lab.js`);
  // The runner hears of the frame's name, and of its process, later than the page does.
  await expect.poll(() => page.frame('sandbox') !== null).toBe(true);
  const frame = page.frame('sandbox');
  if (frame === null) throw new Error('There is no frame.');

  await frame.waitForFunction(() => 'storageLab' in globalThis);

  // The control: its origin is opaque.
  expect(await frame.evaluate(() => self.origin)).toBe('null');
  await expectRefusals(frame);
});

test(
  'a person who blocks cookies blocks every storage, and every adapter says so',
  { tag: '@long' },
  async ({ origin }) => {
    const folder = await mkdtemp(join(tmpdir(), 'blocked-storage-'));
    await mkdir(join(folder, 'Default'));
    await writeFile(
      join(folder, 'Default/Preferences'),
      JSON.stringify({ profile: { default_content_setting_values: { cookies: 2 } } }),
    );
    const { launchOptions = {} } = test.info().project.use;
    const context = await chromium.launchPersistentContext(folder, launchOptions);
    try {
      const page = await context.newPage();
      await page.goto(origin);

      // The control: the browser does block, without a word.
      const control = await page.evaluate(() => {
        document.cookie = 'control=set';
        return document.cookie;
      });
      expect(control).toBe('');
      await expectRefusals(page);
    } finally {
      await context.close();
      await rm(folder, { recursive: true, force: true });
    }
  },
);
