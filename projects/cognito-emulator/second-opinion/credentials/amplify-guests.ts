import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { strict as assert } from 'node:assert';
import { startEmulator } from 'cognito-emulator';
import { startLocalS3 } from 'local-services';
import { requireNested } from '../nested-require';
import { runCases, type CaseResult } from '../suite';
import type { SdkCredentials } from './contender';

interface Session {
  readonly identityId?: string;
  readonly credentials?: SdkCredentials;
}

interface Core {
  Amplify: { configure(config: object): void };
}

interface Auth {
  readonly signIn: (input: object) => Promise<unknown>;
  readonly signOut: () => Promise<void>;
  readonly fetchAuthSession: (options?: { forceRefresh: boolean }) => Promise<Session>;
}

const IDENTITY_POOL = 'eu-west-1:11111111-0000-4000-8000-000000000002';

/** What Amplify does with guests was agreed with the authors of Cognito: it has to find here what it expects there. */
export async function runAmplifyGuests(): Promise<CaseResult[]> {
  const { Amplify } = requireNested('aws-amplify') as Core;
  const { fetchAuthSession, signIn, signOut } = requireNested('aws-amplify/auth') as Auth;
  const users = ['alice', 'bob'].map((username) => ({ username, password: 'x' }));
  const emulator = await startEmulator({
    pools: [{ users }],
    identityPools: [{ id: IDENTITY_POOL, allowUnauthenticated: true }],
  });
  const s3 = await startLocalS3({ emulator });
  const { userPoolId, clientId: userPoolClientId, url } = emulator;
  const endpoints = { userPoolEndpoint: url, identityPoolEndpoint: url };
  const Cognito = { userPoolId, userPoolClientId, identityPoolId: IDENTITY_POOL, ...endpoints };
  Amplify.configure({ Auth: { Cognito: { ...Cognito, allowGuestAccess: true } } });
  const signInAs = (username: string) =>
    signIn({ username, password: 'x', options: { authFlowType: 'USER_PASSWORD_AUTH' } });
  const stateOf = (id?: string) => emulator.identities().find(({ identityId }) => identityId === id)?.state;

  const results = await runCases('aws-amplify: guests', [
    {
      name: 'uploads as a guest',
      run: async () => {
        const { credentials, identityId } = await fetchAuthSession();
        assert.ok(credentials);
        const client = new S3Client({
          endpoint: s3.url,
          region: s3.region,
          forcePathStyle: true,
          credentials,
        });
        await client.send(new PutObjectCommand({ Bucket: s3.bucket, Key: 'guest', Body: 'x' }));
        assert.equal(s3.objects()[0]?.writtenBy, identityId);
      },
    },
    {
      name: "gets the guest's identity for a user who has none yet",
      run: async () => {
        const guest = await fetchAuthSession();
        await signInAs('alice');
        const user = await fetchAuthSession();
        assert.equal(user.identityId, guest.identityId);
        assert.equal(stateOf(user.identityId), 'linked');
      },
    },
    {
      name: 'gets the identity that the user has, and another guest after the sign-out',
      run: async () => {
        const user = await fetchAuthSession();
        await signOut();
        const guest = await fetchAuthSession();
        assert.notEqual(guest.identityId, user.identityId);
        await signInAs('alice');
        const again = await fetchAuthSession();
        assert.equal(again.identityId, user.identityId);
        assert.equal(stateOf(guest.identityId), 'disabled');
        await signOut();
      },
    },
  ]);
  await Promise.all([s3.close(), emulator.close()]);
  return results;
}
