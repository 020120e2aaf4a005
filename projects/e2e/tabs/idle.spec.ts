import type { Setup } from './support/tabs-world';
import { expect, test } from './support/tabs-test';
import { REVOCATION } from './support/tabs-world';

const AFTER_MS = 20 * 60_000;
/** So early in the warning that it does not end while the test looks at it. */
const LEFT_SECONDS = 300;
const TO_WARNING_MS = AFTER_MS - LEFT_SECONDS * 1000;
const setup: Setup = { storage: 'localStorage', idle: { afterSeconds: AFTER_MS / 1000, warnSeconds: 600 } };
const IDLE = { status: 'signedOut', reason: 'idle' };

test('a user who does nothing in any tab is signed out in all of them, and the token is revoked once', async ({
  world,
  openSignedIn,
}) => {
  const tabs = await openSignedIn(2, setup);

  await world.passTime(TO_WARNING_MS, tabs);
  for (const { page } of tabs) await page.evaluate(() => dispatchEvent(new Event('online')));
  for (const tab of tabs) await expect.poll(() => tab.call('secondsLeft')).toBeLessThanOrEqual(LEFT_SECONDS);
  await world.passTime((LEFT_SECONDS + 1) * 1000, tabs);
  for (const { page } of tabs) await page.evaluate(() => dispatchEvent(new Event('online')));

  for (const tab of tabs) expect(await tab.call('whenState', 'signedOut')).toEqual(IDLE);
  await world.emulator.log.whenEnded(REVOCATION, 1);
  expect(world.emulator.log.count(REVOCATION)).toBe(1);
  expect(world.emulator.liveRefreshTokens()).toEqual([]);
});

test('input of the user in one tab counts for the other one, and events of scripts do not', async ({
  world,
  openSignedIn,
}) => {
  const [first, second] = await openSignedIn(2, setup);
  if (!first || !second) throw new Error('Two tabs are open.');
  const tabs = [first, second];
  const wake = async () => {
    for (const { page } of tabs) await page.evaluate(() => dispatchEvent(new Event('online')));
  };

  await world.passTime(TO_WARNING_MS, tabs);
  await wake();
  for (const tab of tabs) await expect.poll(() => tab.call('secondsLeft')).toBeLessThanOrEqual(LEFT_SECONDS);
  for (const tab of tabs) await tab.call('pretendInput');
  expect(await first.call('secondsLeft')).toBeLessThanOrEqual(LEFT_SECONDS);

  await first.page.mouse.move(20, 30);
  for (const tab of tabs) await expect.poll(() => tab.call('secondsLeft')).toBeNull();

  await world.passTime(TO_WARNING_MS, tabs);
  await wake();
  for (const tab of tabs) await expect.poll(() => tab.call('secondsLeft')).toBeLessThanOrEqual(LEFT_SECONDS);
  await second.page.keyboard.press('a');
  for (const tab of tabs) await expect.poll(() => tab.call('secondsLeft')).toBeNull();
  for (const tab of tabs) expect(await tab.call('state')).toMatchObject({ status: 'signedIn' });
});

test('a browser that is opened again after hours signs out before the session is used', async ({
  world,
  open,
  openSignedIn,
}) => {
  const [first] = await openSignedIn(1, setup);
  await first?.page.close();
  await world.passTime(10 * AFTER_MS, []);

  const tab = await open(setup);

  expect(await tab.call('state')).toEqual(IDLE);
  await world.emulator.log.whenEnded(REVOCATION, 1);
  expect(world.emulator.liveRefreshTokens()).toEqual([]);
});
