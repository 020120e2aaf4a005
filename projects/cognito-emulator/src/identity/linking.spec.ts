import { ManualClock } from '../clock/clock';
import type { Emulator } from '../emulator';
import { startEmulator } from '../node/start-emulator';
import { loginsOf } from '../../testing-support/aws-credentials';
import { IdentityClient } from '../../testing-support/identity-client';
import { control } from '../../testing-support/control-client';

const IDENTITY_POOL = 'eu-west-1:11111111-0000-4000-8000-000000000001';
const PARTNERS = 'eu-west-1_Partners1';

let emulator: Emulator;
let client: IdentityClient;

beforeEach(async () => {
  const users = ['alice', 'bob'].map((username) => ({ username, password: 'x' }));
  const partners = ['carol', 'dave'].map((username) => ({ username, password: 'x' }));
  const pools = [{ users }, { id: PARTNERS, clients: [{ clientId: 'partners' }], users: partners }];
  const userPoolIds = ['eu-west-1_Emulator1', PARTNERS];
  emulator = await startEmulator({
    clock: new ManualClock(),
    pools,
    identityPools: [{ id: IDENTITY_POOL, userPoolIds, allowUnauthenticated: true }],
  });
  client = new IdentityClient(emulator);
});

afterEach(async () => {
  client.close();
  await emulator.close();
});

const loginsOfPartner = async (username: string) => {
  const { IdToken } = await emulator.signIn(username, { clientId: 'partners' });
  return { [`cognito-idp.eu-west-1.amazonaws.com/${PARTNERS}`]: IdToken };
};

const stateOf = (id: string) => emulator.identities().find(({ identityId }) => identityId === id)?.state;

const refusal = (name: string, message: string) => ({
  name,
  message: expect.stringContaining(message) as string,
});

it("makes a guest's identity the user's own, if the user has none yet", async () => {
  const guest = await client.getId();
  await client.getCredentials(guest);

  const { IdentityId } = await client.getCredentials(guest, await loginsOf(emulator, 'alice'));

  expect(IdentityId).toBe(guest);
  expect(await client.getId(await loginsOf(emulator, 'alice'))).toBe(guest);
  await expect(client.getCredentials(guest)).rejects.toMatchObject(
    refusal('NotAuthorizedException', `Access to Identity '${guest}' is forbidden.`),
  );
  expect(emulator.issuedCredentials(guest).map(({ isGuest }) => isGuest)).toEqual([true, false]);
});

it("merges a guest's identity into the one that the user has, and disables it", async () => {
  const own = await client.getId(await loginsOf(emulator, 'alice'));
  const guest = await client.getId();

  const { IdentityId } = await client.getCredentials(guest, await loginsOf(emulator, 'alice'));

  expect(IdentityId).toBe(own);
  expect([stateOf(own), stateOf(guest)]).toEqual(['linked', 'disabled']);
  expect(emulator.log.last('GetCredentialsForIdentity')).toMatchObject({
    identityIn: guest,
    identityOut: own,
  });
  for (const logins of [{}, await loginsOf(emulator, 'alice')])
    await expect(client.getCredentials(guest, logins)).rejects.toMatchObject({
      name: 'NotAuthorizedException',
    });
});

it('refuses the identity of another user, and leaves everything as it was', async () => {
  const alice = await client.getId(await loginsOf(emulator, 'alice'));

  const attempt = client.getCredentials(alice, await loginsOf(emulator, 'bob'));

  await expect(attempt).rejects.toMatchObject(refusal('NotAuthorizedException', "Logins don't match"));
  expect(emulator.identities()).toHaveLength(1);
  expect(emulator.issuedCredentials()).toEqual([]);
});

it('links several logins of one call to one identity', async () => {
  const both = { ...(await loginsOf(emulator, 'alice')), ...(await loginsOfPartner('carol')) };

  const identity = await client.getId(both);

  expect(await client.getId(await loginsOf(emulator, 'alice'))).toBe(identity);
  expect(await client.getId(await loginsOfPartner('carol'))).toBe(identity);
  expect(emulator.log.last('GetId')?.logins).toEqual([`cognito-idp.eu-west-1.amazonaws.com/${PARTNERS}`]);
});

it('refuses logins that belong to two identities, or a second login of one provider', async () => {
  const alice = await client.getId(await loginsOf(emulator, 'alice'));
  await client.getId(await loginsOfPartner('carol'));
  const conflict = { ...(await loginsOf(emulator, 'alice')), ...(await loginsOfPartner('carol')) };

  await expect(client.getCredentials(alice, conflict)).rejects.toMatchObject({
    name: 'ResourceConflictException',
  });
  await client.getCredentials(alice, {
    ...(await loginsOf(emulator, 'alice')),
    ...(await loginsOfPartner('dave')),
  });
  await expect(client.getId(conflict)).rejects.toMatchObject({ name: 'ResourceConflictException' });
});

it('gives an unlinked login a new identity, and refuses one that has lost its last login', async () => {
  const before = await client.getId(await loginsOf(emulator, 'alice'));

  await control(emulator, 'unlink-identity', { identityId: before });

  const attempt = client.getCredentials(before, await loginsOf(emulator, 'alice'));
  await expect(attempt).rejects.toMatchObject({ name: 'NotAuthorizedException' });
  expect(await client.getId(await loginsOf(emulator, 'alice'))).not.toBe(before);
});

it('does not find an identity that was deleted', async () => {
  const before = await client.getId(await loginsOf(emulator, 'alice'));

  await control(emulator, 'delete-identity', { identityId: before });

  const attempt = client.getCredentials(before, await loginsOf(emulator, 'alice'));
  await expect(attempt).rejects.toMatchObject(
    refusal('ResourceNotFoundException', `Identity '${before}' not found.`),
  );
  expect(await client.getId(await loginsOf(emulator, 'alice'))).not.toBe(before);
});

it('writes neither keys nor session tokens into the log or into what the control path tells', async () => {
  const guest = await client.getId();
  const { Credentials } = await client.getCredentials(guest);

  const { body } = await control<object[]>(emulator, 'issued-credentials', { identityId: guest });

  expect(body).toMatchObject([{ identityId: guest, accessKeyId: Credentials?.AccessKeyId }]);
  for (const text of [JSON.stringify(body), JSON.stringify(emulator.log.calls())]) {
    expect(text).not.toContain(Credentials?.SecretKey);
    expect(text).not.toContain(Credentials?.SessionToken);
  }
});
