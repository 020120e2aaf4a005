import { chromium, type BrowserContext, type Page } from '@playwright/test';
import { mkdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import { root } from '../../../tools/workspace';
import { CHROMIUM_ARGUMENTS, CHROMIUM_PATH } from '../../e2e/support/chromium';
import { startDemoServer } from './demo-server';
import { startLocalBackend } from './local-backend';

const FOLDER = resolve(root, 'projects/docs/public/screenshots');
const TOKEN_SECONDS = 300;
const DESKTOP = { width: 1280, height: 860 };
const PHONE = { width: 390, height: 844 };

interface Shot {
  readonly name: string;
  readonly path: string;
  readonly scheme: 'light' | 'dark';
  readonly size?: typeof DESKTOP;
  /** What a user does first. */
  readonly prepare?: (page: Page) => Promise<void>;
}

const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).first().click();

const SHOTS: readonly Shot[] = [
  { name: 'home', path: 'home', scheme: 'light' },
  { name: 'overview', path: 'overview', scheme: 'light', prepare: (page) => press(page, 'Refresh now') },
  { name: 'overview-dark', path: 'overview', scheme: 'dark' },
  { name: 'overview-phone', path: 'overview', scheme: 'dark', size: PHONE },
  { name: 'faults', path: 'faults', scheme: 'light', prepare: (page) => press(page, /^Cause: /) },
  { name: 'side-by-side', path: 'side-by-side', scheme: 'dark' },
];

async function signIn(context: BrowserContext, url: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(`${url}/sign-in`);
  await press(page, 'Sign in as alice');
  await page.getByRole('button', { name: 'Signed in as alice' }).waitFor();
  return page;
}

async function take(page: Page, url: string, { name, path, scheme, size, prepare }: Shot): Promise<void> {
  await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
  await page.setViewportSize(size ?? DESKTOP);
  await page.goto(`${url}/${path}`);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await prepare?.(page);
  await page.waitForLoadState('networkidle');
  await page.screenshot({ path: resolve(FOLDER, `${name}.png`) });
  console.log(`${name}.png`);
}

/** Takes the pictures of README and site from the built demo, with two tabs of one user open. */
async function main(): Promise<void> {
  await mkdir(FOLDER, { recursive: true });
  const backend = await startLocalBackend(TOKEN_SECONDS);
  const server = await startDemoServer(backend.config, { emulator: backend.emulator });
  const browser = await chromium.launch({ executablePath: CHROMIUM_PATH, args: [...CHROMIUM_ARGUMENTS] });
  try {
    const context = await browser.newContext();
    const page = await signIn(context, server.url);
    const other = await context.newPage();
    await other.goto(`${server.url}/overview`);
    await press(other, 'Refresh now');
    for (const shot of SHOTS) await take(page, server.url, shot);
  } finally {
    await browser.close();
    await Promise.all([server.close(), backend.close()]);
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
