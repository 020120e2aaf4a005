import { expect, test } from './support/aws-test';

test('after a user switch in another tab and a sign-out, existing clients never use keys of a former user', async ({
  world,
  open,
  openSignedIn,
}) => {
  const tab = await openSignedIn();
  const alice = await tab.credentials();
  expect(await tab.call('upload', 'a', 'of alice')).toEqual(['stored', 'stored']);
  const other = await open();

  await other.call('signIn', await world.emulator.signIn('bob'));
  await tab.call('whenState', 'signedIn bob');

  expect(await tab.call('held')).toBeNull();
  world.s3.clearRequests();
  expect(await tab.call('upload', 'b', 'of bob', alice.identityId)).toEqual(['AccessDenied', 'AccessDenied']);
  const bob = await tab.credentials();
  expect(bob.identityId).not.toBe(alice.identityId);
  expect(new Set(world.s3.requests.map(({ accessKeyId }) => accessKeyId))).toEqual(
    new Set([bob.accessKeyId]),
  );
  expect(await tab.call('upload', 'b', 'of bob')).toEqual(['stored', 'stored']);

  world.s3.clearRequests();
  const calls = world.calls();
  await other.call('signOut');
  await tab.call('whenState', 'signedOut');

  expect(await tab.call('upload', 'c', 'of nobody', bob.identityId)).toEqual(['noSession', 'noSession']);
  expect(await tab.call('demand', 1)).toEqual([{ error: 'noSession' }]);
  expect(world.s3.requests).toEqual([]);
  expect(world.calls()).toEqual(calls);
  expect(Object.values(world.contents()).sort()).toEqual(['of alice', 'of alice', 'of bob', 'of bob']);
});

test(
  'a call for credentials that is answered after the sign-out gives nothing',
  { tag: '@long' },
  async ({ world, openSignedIn }) => {
    const tab = await openSignedIn();
    const held = world.emulator.hold('GetCredentialsForIdentity');
    const asked = tab.call('demand', 3);
    await held.arrived(1);

    await tab.call('signOut');
    await held.open();

    const superseded = { error: 'superseded' };
    expect(await asked).toEqual([superseded, superseded, superseded]);
    expect(await tab.call('held')).toBeNull();
    const stored = await tab.call('stored');
    for (const secret of world.secrets()) expect(stored).not.toContain(secret);
  },
);

test('credentials that fail never sign the user out, and never hide the tokens', async ({
  world,
  openSignedIn,
}) => {
  const tab = await openSignedIn();
  const refusal = { kind: 'error', type: 'NotAuthorizedException' } as const;
  world.emulator.faults.add('GetCredentialsForIdentity', { ...refusal, times: 10 });
  world.emulator.faults.add('GetId', { ...refusal, times: 10 });
  await tab.call('watch');

  expect(await tab.call('demand', 2)).toEqual([{ error: 'wrongLogins' }, { error: 'wrongLogins' }]);
  expect(await tab.call('awsSession')).toEqual({
    hasTokens: true,
    hasCredentials: false,
    error: 'wrongLogins',
  });
  expect(await tab.call('upload', 'x', 'y')).toEqual(['wrongLogins', 'wrongLogins']);
  expect(await tab.call('state')).toBe('signedIn alice');
  expect(world.s3.requests).toEqual([]);
});
