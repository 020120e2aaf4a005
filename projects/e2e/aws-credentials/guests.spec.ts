import { expect, test } from './support/aws-test';

test.use({ guests: true });

test('a guest has credentials, is linked at sign-in, and after the sign-out there is a new guest', async ({
  world,
  openSignedIn,
  open,
}) => {
  const tab = await open();
  const guest = await tab.credentials();
  expect(await tab.call('upload', 'draft', 'of a guest')).toEqual(['stored', 'stored']);
  await tab.reload();
  expect((await tab.credentials()).identityId).toBe(guest.identityId);
  expect(world.calls()).toEqual({ GetId: 1, GetCredentialsForIdentity: 2 });

  await tab.call('signIn', await world.emulator.signIn('alice'));
  const alice = await tab.credentials();

  // She had no identity before: the guest's is hers now, and with it the guest's files.
  expect(alice.identityId).toBe(guest.identityId);
  expect(alice.accessKeyId).not.toBe(guest.accessKeyId);
  expect(await tab.call('list')).toEqual(['draft-0', 'draft-1']);
  const issued = world.emulator.issuedCredentials(alice.identityId);
  expect(issued.map(({ isGuest }) => isGuest)).toEqual([true, true, false]);

  world.s3.clearRequests();
  await tab.call('signOut');
  const next = await tab.credentials();

  expect(next.identityId).not.toBe(alice.identityId);
  expect(await tab.call('upload', 'late', 'x', alice.identityId)).toEqual(['AccessDenied', 'AccessDenied']);
  expect(world.s3.requests.map(({ accessKeyId }) => accessKeyId)).not.toContain(alice.accessKeyId);

  // On this device alice is known, and a guest that is merged into her does not change who she is.
  const other = await openSignedIn();
  expect((await other.credentials()).identityId).toBe(alice.identityId);
});
