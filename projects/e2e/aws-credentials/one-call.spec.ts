import { expect, test } from './support/aws-test';

const CALLERS = 10;

test('ten callers and two clients of S3 make one call, a second tab and a reload none for the identity', async ({
  world,
  open,
  openSignedIn,
}) => {
  const tab = await openSignedIn();

  const [answers, uploads] = await Promise.all([
    tab.call('demand', CALLERS),
    tab.call('upload', 'early', 'x', 'eu-west-1:elsewhere'),
  ]);

  expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
  expect(answers[0]).toMatchObject({ accessKeyId: expect.stringMatching(/^ASIA/) });
  expect(world.calls()).toEqual({ GetId: 1, GetCredentialsForIdentity: 1 });
  // Of another identity: the keys of S3 are private, so the test would notice an S3 that accepts everything.
  expect(uploads).toEqual(['AccessDenied', 'AccessDenied']);

  expect(await tab.call('upload', 'hello', 'from Chromium')).toEqual(['stored', 'stored']);
  const { identityId } = await tab.credentials();
  expect(world.contents()).toEqual({
    [`${identityId}/hello-0`]: 'from Chromium',
    [`${identityId}/hello-1`]: 'from Chromium',
  });
  expect(await tab.call('list')).toEqual(['hello-0', 'hello-1']);
  expect(world.calls()).toEqual({ GetId: 1, GetCredentialsForIdentity: 1 });

  const other = await open();
  expect((await other.credentials()).identityId).toBe(identityId);
  await tab.reload();
  expect((await tab.credentials()).identityId).toBe(identityId);
  expect(world.calls()).toEqual({ GetId: 1, GetCredentialsForIdentity: 3 });

  const stored = await tab.call('stored');
  expect(stored).toContain(identityId);
  for (const secret of world.secrets()) expect(stored).not.toContain(secret);
});

test('two tabs that begin at the same moment make one GetId', { tag: '@long' }, async ({ world, open }) => {
  const tabs = [await open(), await open(), await open()];
  await tabs[0]?.call('signIn', await world.emulator.signIn('alice'));
  await Promise.all(tabs.map((tab) => tab.call('whenState', 'signedIn alice')));

  const found = await Promise.all(tabs.map((tab) => tab.credentials()));

  expect(new Set(found.map(({ identityId }) => identityId)).size).toBe(1);
  expect(world.calls()).toEqual({ GetId: 1, GetCredentialsForIdentity: tabs.length });
});
