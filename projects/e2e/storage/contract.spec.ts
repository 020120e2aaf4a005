import type { BrowserContext, Page } from '@playwright/test';
import {
  adapterContract,
  type ContractCase,
} from '../../ngx-cognito-session/testing-support/adapter-contract';
import type { StorageKind, StorageLab } from './page/storage-lab';
import { expect, lendOtherTab, run, SECURE_ORIGIN, serveAt, test } from './storage-test';

declare const storageLab: StorageLab;

/** Enough for the contract, little enough to be filled. */
const ROOM_BYTES = 2_000_000;

/** What a page cannot bring about by itself: refusals have their own tests, in `refusals.spec.ts`. */
const inPage = adapterContract.filter(({ needs = [] }) => !needs.includes('deny'));
const without = (part: NonNullable<ContractCase['needs']>[number]): readonly ContractCase[] =>
  inPage.filter(({ needs = [] }) => !needs.includes(part));

const kinds: readonly { readonly kind: StorageKind; readonly cases: readonly ContractCase[] }[] = [
  { kind: 'localStorage', cases: inPage },
  { kind: 'sessionStorage', cases: without('otherTab') },
  // No script can fill them: the browser drops old ones, see `cookies.spec.ts`.
  { kind: 'cookies', cases: without('fill') },
  { kind: 'indexedDb', cases: inPage },
];

for (const { kind, cases } of kinds)
  test(`${kind}, by the contract of storage adapters`, async ({ page, context, origin }) => {
    // Before anything is opened: the browser remembers how much room there was.
    const devtools = await context.newCDPSession(page);
    await devtools.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: ROOM_BYTES });
    await page.exposeFunction('giveRoom', () => devtools.send('Storage.overrideQuotaForOrigin', { origin }));
    await openTabs(page, context, origin);

    await keepContract(page, kind, cases);
  });

test(
  '__Host- cookies on https, by the contract of storage adapters',
  { tag: '@long' },
  async ({ page, context, script }) => {
    await serveAt(context, SECURE_ORIGIN, script);
    await openTabs(page, context, SECURE_ORIGIN);

    await keepContract(page, 'hostCookies', without('fill'));
  },
);

/** The page and another tab that it can use. */
async function openTabs(page: Page, context: BrowserContext, origin: string): Promise<void> {
  await page.goto(origin);
  const other = await context.newPage();
  await other.goto(origin);
  await lendOtherTab(page, other);
}

async function keepContract(page: Page, kind: StorageKind, cases: readonly ContractCase[]): Promise<void> {
  expect(cases.length).toBeGreaterThan(12);
  for (const { sentence, gives } of cases)
    await test.step(sentence, async () => {
      await page.evaluate(() => storageLab.reset());

      expect.soft(await run(page, kind, sentence), sentence).toEqual({ gives });
    });
}
