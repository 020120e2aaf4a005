import { chromium, type Browser, type BrowserContext } from '@playwright/test';
import { ensureChromium } from '../../../tools/browser/ensure-chromium';
import { PAGE_CLOCK } from './page-clock';

/** For times: the browser as users have it. */
export const TIMED: readonly string[] = [];
/**
 * For allocations: a young generation so large that nothing is collected during a measurement. The heap then grows by
 * exactly what is allocated, on every machine.
 */
export const COUNTED: readonly string[] = [
  '--enable-precise-memory-info',
  '--js-flags=--expose-gc --min-semi-space-size=256 --max-semi-space-size=256',
];

export async function openBrowser(browserArguments: readonly string[]): Promise<Browser> {
  return chromium.launch({
    executablePath: await ensureChromium(),
    args: ['--no-sandbox', ...browserArguments],
  });
}

/** A profile of its own, whose pages have a clock that can be set. */
export async function openContext(browser: Browser): Promise<BrowserContext> {
  const context = await browser.newContext();
  await context.addInitScript(PAGE_CLOCK);
  return context;
}
