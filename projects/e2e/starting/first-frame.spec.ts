import { builtPage } from '../support/built-page';
import { expect, test } from '../support/test';
import { signInOn } from './stored-session';

for (const storage of ['withLocalStorage', 'withCookieStorage'])
  test(`a stored session is in the first frame that the app is rendered in (${storage})`, async ({
    page,
  }) => {
    const address = `${await builtPage(page, 'compiler', 'starting')}?storage=${storage}`;
    await signInOn(page, address);
    // What each frame shows, from the first one of the document on.
    await page.addInitScript(() => {
      const frames: string[] = [];
      Object.assign(globalThis, { frames });
      const look = () => {
        const text = document.querySelector('[role=status]')?.textContent;
        if (typeof text === 'string') frames.push(text);
        requestAnimationFrame(look);
      };
      requestAnimationFrame(look);
    });

    await page.reload();

    const frames = () => page.evaluate(() => (globalThis as unknown as { frames: readonly string[] }).frames);
    await expect.poll(async () => (await frames()).length).toBeGreaterThan(5);
    expect([...new Set(await frames())]).toEqual(['signedIn']);
  });
