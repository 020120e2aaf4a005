import type { Locator, Page } from '@playwright/test';
import { expect, test } from './demo-test';

/** The figures of a row: of the library, and of the code by hand. */
async function figures(table: Locator, row: string): Promise<readonly number[]> {
  const cells = table.getByRole('row', { name: row }).getByRole('cell');
  return (await cells.allInnerTexts()).map(Number);
}

async function run(page: Page, scenario: string): Promise<Locator> {
  await page.getByRole('button', { name: `Run: ${scenario}` }).click();
  const table = page.getByRole('table', { name: scenario });
  await expect(table).toBeVisible();
  return table;
}

test.describe('side by side', { tag: '@long' }, () => {
  test.beforeEach(async ({ page, complaints }) => {
    complaints.expect(/status of (4|5)\d\d|\[ngx-cognito-session\]/);
    await page.goto('/side-by-side');
  });

  test('two tabs at expiry: one call and no loss here, lost sessions by hand', async ({
    page,
    emulator,
    backend,
  }) => {
    const table = await run(page, 'Two tabs');

    const [calls = 0, callsByHand = 0] = await figures(table, 'Refresh calls to Cognito');
    const { library, naive } = backend.config.sideBySide ?? { library: '', naive: '' };
    const ofClient = (id: string) =>
      emulator.log.calls('GetTokensFromRefreshToken').filter(({ clientId }) => clientId === id).length;
    expect([calls, callsByHand]).toEqual([ofClient(library), ofClient(naive)]);
    expect(calls).toBe(1);
    expect(callsByHand).toBeGreaterThan(1);
    expect(await figures(table, 'Lost sessions')).toEqual([0, 1]);
    expect((await figures(table, 'Errors that a user sees'))[0]).toBe(0);
    expect((await figures(table, 'Calls answered'))[0]).toBe(10);
  });

  test('an outage ends the session by hand, and not here', async ({ page }) => {
    const table = await run(page, 'Outage');

    expect(await figures(table, 'Lost sessions')).toEqual([0, 1]);
    expect(await figures(table, 'Calls answered')).toEqual([5, 0]);
  });
});
