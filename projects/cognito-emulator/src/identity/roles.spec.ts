import type { IdentityPoolSettings } from '../config/identity-pool-settings';
import type { Emulator } from '../emulator';
import { ManualClock } from '../clock/clock';
import { startEmulator } from '../node/start-emulator';
import { loginsOf } from '../../testing-support/aws-credentials';
import { control } from '../../testing-support/control-client';
import { IdentityClient } from '../../testing-support/identity-client';

const role = (name: string) => `arn:aws:iam::123456789012:role/${name}`;

let emulator: Emulator;
let client: IdentityClient;

beforeEach(async () => {
  emulator = await startEmulator({
    clock: new ManualClock(),
    pools: [
      {
        users: [
          { username: 'admin', password: 'x', groups: ['admins', 'editors'], attributes: { plan: 'gold' } },
          { username: 'editor', password: 'x', groups: ['editors'] },
          { username: 'twoEditors', password: 'x', groups: ['editors', 'authors'] },
          { username: 'nobody', password: 'x', attributes: { plan: 'free' } },
        ],
        groupRoles: [
          { group: 'editors', roleArn: role('Editor'), precedence: 5 },
          { group: 'authors', roleArn: role('Author'), precedence: 5 },
          { group: 'admins', roleArn: role('Admin'), precedence: 1 },
        ],
      },
    ],
  });
  client = new IdentityClient(emulator);
});

afterEach(async () => {
  client.close();
  await emulator.close();
});

/** The role that a user gets, or the name and the text of the refusal. */
async function roleOf(username: string | null, customRoleArn?: string): Promise<string> {
  const logins = username === null ? {} : await loginsOf(emulator, username);
  try {
    const identity = await client.getId(logins);
    const { Credentials } = await client.getCredentials(identity, logins, customRoleArn);
    return emulator.findCredentials(Credentials?.AccessKeyId ?? '')?.roleArn ?? '';
  } catch (error) {
    return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  }
}

const FORBIDDEN = (arn: string) => `NotAuthorizedException: Access to Role '${arn}' is forbidden.`;
const AMBIGUOUS = 'NotAuthorizedException: The ambiguous role mapping rules denied this request.';
const NO_ROLE =
  'InvalidIdentityPoolConfigurationException: Invalid identity pool configuration. Check assigned IAM roles for this pool.';
const DEFAULT_ROLE = role('Cognito_EmulatorAuth_Role');

const TOKEN: Partial<IdentityPoolSettings> = { roleMapping: { type: 'token', ambiguous: 'deny' } };
const RULES: Partial<IdentityPoolSettings> = {
  roleMapping: {
    type: 'rules',
    ambiguous: 'authenticatedRole',
    rules: [
      { claim: 'plan', match: 'equals', value: 'gold', roleArn: role('Gold') },
      { claim: 'cognito:groups', match: 'contains', value: 'edit', roleArn: role('Writer') },
      { claim: 'plan', match: 'startsWith', value: 'go', roleArn: role('Go') },
    ],
  },
};

it.each<[string, Partial<IdentityPoolSettings>, string | null, string | undefined, string]>([
  ['the default role to users', {}, 'admin', undefined, DEFAULT_ROLE],
  [
    'the default role to guests',
    { allowUnauthenticated: true },
    null,
    undefined,
    role('Cognito_EmulatorUnauth_Role'),
  ],
  ['by token: the preferred role', TOKEN, 'admin', undefined, role('Admin')],
  ['by token: the only role', TOKEN, 'editor', undefined, role('Editor')],
  ['by token: none of two that are equal', TOKEN, 'twoEditors', undefined, AMBIGUOUS],
  ['by token: none without one', TOKEN, 'nobody', undefined, AMBIGUOUS],
  [
    'by token: the default role instead, if told to',
    { roleMapping: { type: 'token', ambiguous: 'authenticatedRole' } },
    'twoEditors',
    undefined,
    DEFAULT_ROLE,
  ],
  ['by rules: the role of the first one that matches', RULES, 'admin', undefined, role('Gold')],
  ['by rules: the role of a later one', RULES, 'editor', undefined, role('Writer')],
  ['by rules: the default role if none matches', RULES, 'nobody', undefined, DEFAULT_ROLE],
  ['the custom role of the token', TOKEN, 'twoEditors', role('Author'), role('Author')],
  ['the custom role of a rule that matches', RULES, 'admin', role('Go'), role('Go')],
  ['no custom role of another user', TOKEN, 'editor', role('Admin'), FORBIDDEN(role('Admin'))],
  ['no custom role of a rule that does not match', RULES, 'nobody', role('Go'), FORBIDDEN(role('Go'))],
  ['no custom role without one in the token', {}, 'nobody', role('Admin'), FORBIDDEN(role('Admin'))],
  ['no role without trust', { untrustedRoles: [DEFAULT_ROLE] }, 'admin', undefined, NO_ROLE],
  ['no role where none was configured', { authenticatedRole: '' }, 'admin', undefined, NO_ROLE],
  [
    'no guest role where none was configured',
    { allowUnauthenticated: true, unauthenticatedRole: '' },
    null,
    undefined,
    NO_ROLE,
  ],
])('gives %s', async (_, settings, username, customRoleArn, expected) => {
  emulator.configureIdentityPool(settings);

  expect(await roleOf(username, customRoleArn)).toBe(expected);
});

it('leaves a guest a guest when the credentials of the user are refused', async () => {
  emulator.configureIdentityPool({ allowUnauthenticated: true, authenticatedRole: '' });
  const guest = await client.getId();

  await client.getCredentials(guest, await loginsOf(emulator, 'admin')).catch(() => undefined);

  expect(emulator.identities()).toMatchObject([{ identityId: guest, state: 'guest', logins: {} }]);
});

it('is configured over HTTP, the lifetime of credentials in seconds included', async () => {
  await control(emulator, 'configure-identity-pool', { ...TOKEN, credentialsSeconds: 5 });
  const wrong = await control(emulator, 'configure-identity-pool', { credentialSeconds: 5 });
  const logins = await loginsOf(emulator, 'admin');

  const { Credentials } = await client.getCredentials(await client.getId(logins), logins);

  const issued = emulator.findCredentials(Credentials?.AccessKeyId ?? '');
  expect(wrong.status).toBe(400);
  expect(issued?.roleArn).toBe(role('Admin'));
  expect(Credentials?.Expiration?.getTime()).toBe(Math.floor(emulator.clock.now() / 1000) * 1000 + 5000);
  expect(issued?.expiresAt).toBe(Credentials?.Expiration?.getTime());
});
