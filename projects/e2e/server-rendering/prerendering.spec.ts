import type { Browser, BrowserContext, Page } from 'puppeteer-core';
import type { FixtureSettings } from '../../ssr-fixture/src/app/fixture-settings';
import { PrerenderedPage } from '../support/prerendered-page';
import { openPage, puppeteerFixtures } from '../support/puppeteer';
import { expect, settingsCookie, test as base } from './server-rendering-test';

/** Playwright cancels what a browser prerenders. */
const test = base.extend<{ profile: BrowserContext }, { chromium: Browser }>(puppeteerFixtures());

/** The sign-in page, which the app has taken over. */
async function openSignIn(profile: BrowserContext, url: string, settings: FixtureSettings): Promise<Page> {
  const [name = '', value = ''] = settingsCookie(settings).split('=');
  await profile.setCookie({ name, value, domain: '127.0.0.1', path: '/' });
  const page = await openPage(profile);
  await page.goto(`${url}/sign-in`);
  await page.waitForFunction(() => window.fixture?.hasTakenOver === true);
  return page;
}

/** What the user would see, and what the app has gone through. */
const look = () => ({
  isPrerendering: (document as Document & { prerendering?: boolean }).prerendering,
  path: location.pathname,
  session: document.querySelector('#session')?.textContent,
  heading: document.querySelector('h1')?.textContent ?? null,
  answer: document.querySelector('#answer')?.textContent ?? null,
  hasTakenOver: window.fixture?.hasTakenOver,
  states: window.fixture?.states,
});

const wasPrerendered = () =>
  performance
    .getEntriesByType('navigation')
    .map((entry) => (entry as PerformanceEntry & { activationStart: number }).activationStart > 0);

for (const kept of [true, false])
  test(`a page that the browser prerenders ${kept ? 'has the session' : 'leads to sign-in if it has ended meanwhile,'} once the user opens it`, async ({
    profile,
    server,
    settings,
    signIn,
    api,
  }) => {
    const opener = await openSignIn(profile, server.url, settings({ storage: 'local' }));
    const tokens = await signIn('alice');
    await opener.evaluate((tokens) => window.fixture?.signIn(tokens), tokens);

    const page = await PrerenderedPage.begin(opener, '/orders');
    await expect.poll(async () => (await page.evaluate(look)).hasTakenOver).toBe(true);
    if (!kept) await opener.evaluate(() => window.fixture?.signOut());
    expect(await page.evaluate(look)).toEqual({
      isPrerendering: true,
      path: '/orders',
      session: 'restoring, nobody',
      heading: null,
      answer: null,
      hasTakenOver: true,
      states: ['restoring'],
    });
    expect(api.requests).toEqual([]);

    // The browser takes the prerendered page: the context of this call is gone by then.
    void opener.evaluate(() => location.assign('/orders')).catch(() => undefined);

    await expect
      .poll(() => page.evaluate(look))
      .toEqual({
        isPrerendering: false,
        path: kept ? '/orders' : '/sign-in',
        session: kept ? 'signedIn, alice' : 'signedOut, nobody',
        heading: kept ? 'Orders' : 'Sign in',
        answer: kept ? 'hello alice' : null,
        hasTakenOver: true,
        states: ['restoring', kept ? 'signedIn' : 'signedOut'],
      });
    expect(await page.evaluate(wasPrerendered)).toEqual([true]);
    expect(api.requests).toHaveLength(kept ? 1 : 0);
    expect(page.complaints).toEqual([]);
  });
