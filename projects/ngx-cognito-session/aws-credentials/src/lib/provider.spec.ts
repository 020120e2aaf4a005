import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { ListBucketsCommand, S3Client } from '@aws-sdk/client-s3';
import { runInInjectionContext } from '@angular/core';
import { credentialsScene, type CredentialsPage } from '../../../testing-support/credentials-scene';
import { replaceProperty } from '../../../testing-support/replaced-global';
import { awsCredentialsProvider } from './aws-credentials-provider';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const scene = credentialsScene();
let restoreDate = () => {};

/** The SDK reads the clock of the device, which is that of the scene here. */
beforeEach(() => {
  restoreDate = replaceProperty(Date, 'now', { value: () => scene.time.now(), writable: true });
});

afterEach(() => {
  restoreDate();
});

/** Two real clients over a transport that keeps the key ids of the signatures. */
function clientsOf({ aws }: CredentialsPage) {
  const keys: string[] = [];
  const requestHandler = {
    handle: (request: { headers: Record<string, string> }) => {
      keys.push(/Credential=([\w-]+)/.exec(request.headers['authorization'] ?? '')?.[1] ?? 'none');
      const isJson = 'x-amz-target' in request.headers;
      const body = new TextEncoder().encode(isJson ? '{"TableNames":[]}' : '<ListAllMyBucketsResult/>');
      return Promise.resolve({ response: { statusCode: 200, headers: {}, body } });
    },
  };
  const options = { region: 'eu-west-1', credentials: aws.provider, requestHandler };
  const s3 = new S3Client(options);
  const dynamo = new DynamoDBClient(options);
  return {
    keys,
    use: async () => {
      await s3.send(new ListBucketsCommand());
      await dynamo.send(new ListTablesCommand());
    },
  };
}

it('is asked by every client at each request, and answers from memory: one call for all clients', async () => {
  const page = scene.open();
  page.signIn();
  const { keys, use } = clientsOf(page);

  await use();
  scene.time.advance(30 * MINUTE);
  await use();

  expect(keys).toEqual(Array.from({ length: 4 }, () => 'ASIA-alice-1'));
  expect(scene.pool.count('GetCredentialsForIdentity')).toBe(1);
});

it('gives the next request of each client the new user’s keys after a switch', async () => {
  const page = scene.open();
  page.signIn('alice');
  const { keys, use } = clientsOf(page);
  await use();

  page.signIn('bob');
  await use();

  expect(keys).toEqual(['ASIA-alice-1', 'ASIA-alice-1', 'ASIA-bob-2', 'ASIA-bob-2']);
});

it('rejects for a client whose user has signed out', async () => {
  const page = scene.open();
  page.signIn();
  const { keys, use } = clientsOf(page);
  await use();

  page.signOut();

  await expect(use()).rejects.toMatchObject({ code: 'noSession' });
  expect(keys).toHaveLength(2);
});

it.each([
  ['three hours ahead', 3 * HOUR],
  ['three hours behind', -3 * HOUR],
])('makes one call per expiry on a device whose clock is %s', async (_, deviceAheadMs) => {
  scene.time.setWall(deviceAheadMs);
  scene.pool.aheadMs = -deviceAheadMs;
  const page = scene.open();
  page.signIn();
  const { keys, use } = clientsOf(page);

  for (let minute = 0; minute < 100; minute += 10) {
    await use();
    scene.time.advance(10 * MINUTE);
  }

  expect(new Set(keys)).toEqual(new Set(['ASIA-alice-1', 'ASIA-alice-2']));
  expect(scene.pool.count('GetCredentialsForIdentity')).toBe(2);
});

it.each([
  ['ahead', 3 * HOUR],
  ['behind', -3 * HOUR],
])('makes one call per expiry for a guest on a device whose clock is %s', async (_, deviceAheadMs) => {
  scene.time.setWall(deviceAheadMs);
  scene.pool.aheadMs = -deviceAheadMs;
  const page = scene.open({ config: { guests: true } });
  const { keys, use } = clientsOf(page);

  for (let minute = 0; minute < 100; minute += 10) {
    await use();
    scene.time.advance(10 * MINUTE);
  }

  expect(new Set(keys)).toEqual(new Set(['ASIA-guest-1', 'ASIA-guest-2']));
});

it('tells clients an expiration a minute ahead by the device’s clock, or the real one if that is sooner', async () => {
  scene.time.setWall(-3 * HOUR);
  scene.pool.aheadMs = 3 * HOUR;
  scene.pool.lifetimeSeconds = 600;
  const page = scene.open();
  page.signIn();

  const first = await page.aws.provider();
  scene.pool.faults.push('network', 'network');
  scene.time.advance(570_000);
  const last = await page.aws.provider();

  expect(first.expiration).toEqual(new Date(scene.time.now() - 570_000 + MINUTE));
  expect(last.accessKeyId).toBe(first.accessKeyId);
  expect(last.expiration.getTime() - scene.time.now()).toBeLessThanOrEqual(30_000);
});

it('obtains new credentials for a client that forces it', async () => {
  const page = scene.open();
  page.signIn();
  await page.aws.provider();

  expect(await page.aws.provider({ forceRefresh: true })).toMatchObject({ accessKeyId: 'ASIA-alice-2' });
});

it('is what awsCredentialsProvider gives in an injection context', () => {
  const page = scene.open();

  expect(runInInjectionContext(page.injector, awsCredentialsProvider)).toBe(page.aws.provider);
});
