import { expect, test } from './support/aws-test';

const MINUTE_MS = 60_000;

test('credentials are replaced once per expiry while there are subscribers, and not at all without', async ({
  world,
  openSignedIn,
  context,
}) => {
  await context.clock.install();
  const tab = await openSignedIn();
  const passTime = async (ms: number) => {
    world.clock.advance(ms);
    await context.clock.fastForward(ms);
  };
  let { accessKeyId } = await tab.credentials();
  await tab.call('watch');

  for (let expiries = 1; expiries <= 3; expiries++) {
    await passTime(56 * MINUTE_MS);
    ({ accessKeyId } = await tab.call('whenOtherThan', accessKeyId));
    expect(world.calls()).toEqual({ GetId: 1, GetCredentialsForIdentity: 1 + expiries });
  }

  await tab.call('unwatch');
  await passTime(180 * MINUTE_MS);
  expect(world.calls()).toEqual({ GetId: 1, GetCredentialsForIdentity: 4 });
  // The next request finds them expired.
  expect(await tab.call('upload', 'late', 'x')).toEqual(['stored', 'stored']);
  expect(world.calls()).toEqual({ GetId: 1, GetCredentialsForIdentity: 5 });
});

test.describe('credentials that live for eight seconds', () => {
  const LIFETIME_MS = 8000;
  test.use({ credentialsSeconds: LIFETIME_MS / 1000 });

  test(
    'are replaced once per expiry, shortly before it',
    { tag: '@long' },
    async ({ world, openSignedIn }) => {
      const tab = await openSignedIn();
      let { accessKeyId } = await tab.credentials();
      await tab.call('watch');

      for (let expiries = 1; expiries <= 4; expiries++)
        ({ accessKeyId } = await tab.call('whenOtherThan', accessKeyId));
      await tab.call('unwatch');

      const times = world.emulator.log.calls('GetCredentialsForIdentity').map(({ at }) => at);
      const gaps = times.slice(1).map((at, index) => at - (times[index] ?? 0));
      expect(gaps.length).toBeGreaterThanOrEqual(4);
      // The buffer is a quarter of so short a life. Cognito rounds the expiry down to seconds.
      for (const gap of gaps) expect(gap).toBeGreaterThanOrEqual(0.6 * LIFETIME_MS);
      expect(world.emulator.log.count('GetId')).toBe(1);
    },
  );
});
