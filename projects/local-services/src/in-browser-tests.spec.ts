/**
 * @jest-environment ./tools/jest/browser-environment.cjs
 * @jest-environment-options {"customExportConditions": ["node", "node-addons"]}
 */
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { ManualClock, startEmulator } from 'cognito-emulator';
import { startLocalS3 } from './s3/start-local-s3';
import { startSampleApi } from './sample-api/start-sample-api';
import { awsCredentials } from '../../cognito-emulator/testing-support/aws-credentials';

it('runs in-process inside a jsdom test: signs, answers and verifies', async () => {
  const emulator = await startEmulator({ clock: new ManualClock() });
  const api = await startSampleApi({ emulator });
  const { AccessToken, RefreshToken } = await emulator.signIn('alice');

  const refreshed = await fetch(emulator.url, {
    method: 'POST',
    headers: { 'X-Amz-Target': 'AWSCognitoIdentityProviderService.GetTokensFromRefreshToken' },
    body: JSON.stringify({ ClientId: emulator.clientId, RefreshToken }),
  });
  const hello = await fetch(`${api.url}/api/hello`, { headers: { Authorization: `Bearer ${AccessToken}` } });

  expect(typeof window).toBe('object');
  expect([refreshed.status, hello.status]).toEqual([200, 200]);
  await Promise.all([api.close(), emulator.close()]);
});

it('verifies the signatures of the real clients inside a jsdom test', async () => {
  const emulator = await startEmulator({ clock: new ManualClock() });
  const s3 = await startLocalS3({ emulator });
  const credentials = await awsCredentials(emulator, 'alice');
  const { url: endpoint, region, bucket: Bucket } = s3;
  const client = new S3Client({ endpoint, region, credentials, forcePathStyle: true, maxAttempts: 1 });

  await client.send(new PutObjectCommand({ Bucket, Key: 'a', Body: 'hello' }));
  const { Body } = await client.send(new GetObjectCommand({ Bucket, Key: 'a' }));

  expect(await Body?.transformToString()).toBe('hello');
  expect(s3.requests.map(({ identityId }) => identityId)).toEqual(Array(2).fill(credentials.identityId));
  client.destroy();
  await Promise.all([s3.close(), emulator.close()]);
});
