import type { BrowserContext } from '@playwright/test';
import { leaks } from '../support/leaks/watched-test';
import { expect, test } from './support/tabs-test';
import { RENEWAL, type Setup, type TabsWorld } from './support/tabs-world';

const setup: Setup = { storage: 'localStorage', migrates: true };

/** An app with Amplify was here: it has stored the session of alice. */
async function leaveAmplify(
  world: TabsWorld,
  context: BrowserContext,
  place: 'localStorage' | 'cookies',
): Promise<void> {
  const { clientId } = world.emulator;
  const { AccessToken, IdToken, RefreshToken } = await world.emulator.signIn('alice');
  const prefix = `CognitoIdentityServiceProvider.${clientId}`;
  const items = {
    [`${prefix}.LastAuthUser`]: 'alice',
    [`${prefix}.alice.accessToken`]: AccessToken,
    [`${prefix}.alice.idToken`]: IdToken,
    [`${prefix}.alice.refreshToken`]: RefreshToken,
    [`${prefix}.alice.clockDrift`]: '3000',
  };
  leaks.allowStore(/^CognitoIdentityServiceProvider\./);
  const page = await context.newPage();
  await page.goto(world.blankUrl());
  await page.evaluate(
    ([where, stored]) => {
      for (const [name, value] of Object.entries(stored))
        if (where === 'cookies') document.cookie = `${name}=${value}; Path=/; Max-Age=31536000`;
        else localStorage.setItem(name, value);
    },
    [place, items] as const,
  );
  await page.close();
}

function oldItems(): string {
  return [...Object.keys(localStorage), document.cookie]
    .filter((name) => name.includes('CognitoIdentity'))
    .join();
}

for (const place of ['localStorage', 'cookies'] as const)
  test(`two tabs that start at once take over the session of Amplify once: ${place}`, async ({
    world,
    open,
    context,
  }) => {
    await leaveAmplify(world, context, place);
    await world.expire([]);

    const tabs = await Promise.all([open(setup), open(setup)]);

    for (const tab of tabs) expect(await tab.call('whenState', 'signedIn')).toMatchObject({ user: 'alice' });
    expect(world.emulator.log.count(RENEWAL)).toBe(1);
    expect(world.emulator.liveRefreshTokens()).toHaveLength(1);
    for (const { page } of tabs) expect(await page.evaluate(oldItems)).toBe('');
  });

test('a session that was taken over and signed out does not come back', async ({ world, open, context }) => {
  await leaveAmplify(world, context, 'localStorage');
  const first = await open(setup);
  expect(await first.call('state')).toMatchObject({ status: 'signedIn' });
  await first.call('signOut');
  // A tab with the old app writes its session once more.
  await leaveAmplify(world, context, 'localStorage');

  const second = await open(setup);

  expect(await second.call('state')).toMatchObject({ status: 'signedOut' });
});
