import type { BrowserContext } from '@playwright/test';
import { ConsoleWatch } from '../support/console-watch';
import { everyDay } from '../support/every-day';
import type { StorageName } from './page/setup';
import { expect, test } from './support/tabs-test';
import type { TabsWorld } from './support/tabs-world';

/** As strict as a page with the library can be: one script file, Cognito, no Trusted Types policy but Angular's own. */
const policy = (connections: string): string =>
  [
    `default-src 'none'; script-src 'self'; connect-src 'self' ${connections}; img-src data:`,
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "require-trusted-types-for 'script'; trusted-types angular",
  ].join('; ');

/** Pages are served under the policy, and remember what it has blocked. */
async function underPolicy(context: BrowserContext, world: TabsWorld, text: string): Promise<void> {
  await context.addInitScript(() => {
    Object.assign(window, { blocked: [] });
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
      (window as unknown as { blocked: string[] }).blocked.push(`${violatedDirective} ${blockedURI}`),
    );
  });
  world.headers = { 'Content-Security-Policy': text };
}

interface TrustedPage {
  readonly trustedTypes: { createPolicy(name: string, rules: object): unknown };
}

const STORAGES: readonly StorageName[] = [
  ...(['indexedDb', 'localStorage', 'cookies', 'sessionStorage', 'sharedMemory', 'memory'] as const),
];

for (const storage of STORAGES)
  test(
    `the library needs Cognito in connect-src and nothing else, with ${storage}`,
    everyDay(storage === 'sharedMemory'),
    async ({ context, world, openSignedIn }) => {
      await underPolicy(context, world, policy(new URL(world.emulator.url).origin));

      const [tab, other] = await openSignedIn(2, { storage });
      if (tab === undefined || other === undefined) throw new Error('Too few tabs');
      const watch = new ConsoleWatch(tab.page);
      await tab.call('renew');
      await other.page.reload();
      await other.call('ready');
      await tab.call('signOut');
      await tab.call('whenState', 'signedOut');

      for (const { page } of [tab, other])
        expect(await page.evaluate(() => (window as unknown as { blocked: string[] }).blocked)).toEqual([]);
      expect(watch.unexpected()).toEqual([]);
      // The control: the policy is there, and so are Trusted Types.
      expect(
        await tab.page.evaluate(() => {
          const tries = [
            () => (document.body.innerHTML = '<b>x</b>'),
            () => document.createElement('script').setAttribute('src', '/x.js'),
            () => (window as unknown as TrustedPage).trustedTypes.createPolicy('another', {}),
          ];
          return tries.map((work) => {
            try {
              work();
              return 'allowed';
            } catch (error) {
              return (error as Error).name;
            }
          });
        }),
      ).toEqual(['TypeError', 'TypeError', 'TypeError']);
    },
  );

test('a policy without Cognito signs no user out', async ({ context, world, open }) => {
  await underPolicy(context, world, policy(''));
  // The clock stands still, so no refresh is tried again.
  const tab = await open({ storage: 'indexedDb', speed: 0 });
  await tab.call('signIn', await world.emulator.signIn('alice'));

  expect(await tab.call('renew')).toMatchObject({ error: 'networkError' });

  expect(await tab.call('state')).toMatchObject({ status: 'signedIn' });
  expect(await tab.page.evaluate(() => (window as unknown as { blocked: string[] }).blocked)).toEqual([
    expect.stringMatching(/^connect-src /),
  ]);
});
