import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { ListBucketsCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { ShiftedClock, startEmulator, type Emulator } from 'cognito-emulator';
import { startLocalS3, startSignedProxy } from 'local-services';
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { firstValueFrom } from 'rxjs';
import { TestBed } from '@angular/core/testing';
import { ManualTime } from '../../../testing-support/manual-time';
import { configFor, errorOf, startApp, type SessionApp } from '../../../testing-support/session-app';
import { MemoryStorage, withStorage } from '../../../src/public-api';
import type { AwsCredentialsConfig } from './aws-credentials-config';
import { AwsCredentialsService } from './aws-credentials-service';
import { provideAwsCredentials } from './provide-aws-credentials';

const HOUR = 3_600_000;
const GUEST_POOL = 'eu-west-1:11111111-0000-4000-8000-000000000002';
const USER_POOL = 'eu-west-1:11111111-0000-4000-8000-000000000001';

let emulator: Emulator;
let time: ManualTime;
const closing: (() => void)[] = [];

beforeEach(async () => {
  globalThis.indexedDB = new IDBFactory();
  globalThis.IDBKeyRange = IDBKeyRange;
  time = new ManualTime();
  emulator = await startEmulator({
    clock: time,
    pools: [
      {
        clients: [{ clientId: 'client1' }],
        users: [
          { username: 'alice', password: 'Correct-horse-1' },
          { username: 'bob', password: 'Correct-horse-2' },
        ],
      },
    ],
    identityPools: [{ id: USER_POOL }, { id: GUEST_POOL, allowUnauthenticated: true }],
  });
});

afterEach(async () => {
  for (const close of closing.splice(0)) close();
  TestBed.resetTestingModule();
  Reflect.deleteProperty(globalThis, 'indexedDB');
  Reflect.deleteProperty(globalThis, 'IDBKeyRange');
  await emulator.close();
});

function open(config: Partial<AwsCredentialsConfig> = {}): SessionApp & { aws: AwsCredentialsService } {
  const app = startApp({
    config: configFor(emulator),
    time,
    features: [withStorage(new MemoryStorage())],
    providers: [provideAwsCredentials({ identityPoolId: USER_POOL, endpoint: emulator.url, ...config })],
  });
  return { ...app, aws: TestBed.inject(AwsCredentialsService) };
}

const signIn = async ({ session }: SessionApp, username: string) =>
  firstValueFrom(session.setTokens(await emulator.signIn(username)));

const callsOf = (operation: string) => emulator.log.count(operation);

/** A local service that answers everything and keeps the key ids of the signatures. */
async function recorder(): Promise<{ readonly url: string; readonly keys: readonly string[] }> {
  const keys: string[] = [];
  const server = createServer((request, response) => {
    keys.push(/Credential=(\w+)/.exec(request.headers.authorization ?? '')?.[1] ?? 'none');
    const isS3 = request.headers['x-amz-target'] === undefined;
    response.end(isS3 ? '<ListAllMyBucketsResult/>' : '{"TableNames":[]}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`, keys };
}

it('gives the credentials of the identity pool for a signed-in user', async () => {
  const app = open();
  await signIn(app, 'alice');

  const credentials = await firstValueFrom(app.aws.getCredentials());

  expect(credentials).toEqual({
    accessKeyId: expect.stringMatching(/^ASIA/),
    secretAccessKey: expect.any(String),
    sessionToken: expect.any(String),
    expiration: new Date(time.now() + HOUR),
    identityId: expect.stringMatching(/^eu-west-1:/),
  });
  expect(app.aws.credentials()).toBe(credentials);
});

it('signs requests of real S3 and DynamoDB clients with one set, and with that of the next user after a switch', async () => {
  const app = open();
  const { url, keys } = await recorder();
  const options = { region: 'eu-west-1', endpoint: url, credentials: app.aws.provider };
  const s3 = new S3Client({ ...options, forcePathStyle: true });
  const dynamo = new DynamoDBClient(options);
  await signIn(app, 'alice');
  closing.push(
    () => {
      s3.destroy();
    },
    () => {
      dynamo.destroy();
    },
  );
  const useBoth = async () => {
    await s3.send(new ListBucketsCommand());
    await dynamo.send(new ListTablesCommand());
    return app.aws.credentials()?.accessKeyId;
  };

  const alice = await useBoth();
  await useBoth();
  await signIn(app, 'bob');
  const bob = await useBoth();
  await firstValueFrom(app.session.signOut());
  const refused = await s3.send(new ListBucketsCommand()).catch((error: unknown) => error);

  expect(keys).toEqual([alice, alice, alice, alice, bob, bob]);
  expect(alice).not.toBe(bob);
  expect(callsOf('GetCredentialsForIdentity')).toBe(2);
  expect(refused).toMatchObject({ code: 'noSession' });
});

it('gives S3 and DynamoDB clients what endpoints accept that check signature, key id and session token', async () => {
  const app = open();
  const { url, keys } = await recorder();
  const s3 = await startLocalS3({ emulator });
  const dynamo = await startSignedProxy({ emulator, target: url });
  const { region } = emulator;
  const options = {
    region,
    credentials: app.aws.provider,
    systemClockOffset: time.now() - new ShiftedClock().now(),
    maxAttempts: 1,
  };
  const s3Client = new S3Client({ ...options, endpoint: s3.url, forcePathStyle: true });
  const dynamoClient = new DynamoDBClient({ ...options, endpoint: dynamo.url });
  closing.push(
    () => {
      s3Client.destroy();
    },
    () => {
      dynamoClient.destroy();
    },
  );
  await signIn(app, 'alice');

  await s3Client.send(new PutObjectCommand({ Bucket: s3.bucket, Key: 'a', Body: 'hello' }));
  const { TableNames } = await dynamoClient.send(new ListTablesCommand());

  const { accessKeyId, identityId } = await firstValueFrom(app.aws.getCredentials());
  const accepted = [expect.objectContaining({ verdict: 'accepted', accessKeyId, identityId })];
  expect(s3.requests).toEqual(accepted);
  expect(dynamo.requests).toEqual(accepted);
  expect(s3.objects()).toMatchObject([{ key: 'a', writtenBy: identityId }]);
  expect({ TableNames, keys }).toEqual({ TableNames: [], keys: [accessKeyId] });
  await Promise.all([s3.close(), dynamo.close()]);
});

it('gives a guest credentials where the pool allows it, by the time of the server', async () => {
  const app = open({ identityPoolId: GUEST_POOL, guests: true });
  await firstValueFrom(app.session.initialize());

  const { expiration, identityId } = await firstValueFrom(app.aws.getCredentials());
  await firstValueFrom(app.aws.forceRefresh());

  expect(identityId).toMatch(/^eu-west-1:/);
  expect(expiration).toEqual(new Date(time.now() + HOUR));
  expect(callsOf('GetId')).toBe(1);
});

it('names the mistake of an identity pool without guests', async () => {
  const app = open({ guests: true });
  await firstValueFrom(app.session.initialize());

  expect(await errorOf(app.aws.getCredentials())).toMatchObject({
    code: 'guestsNotAllowed',
    retryable: false,
  });
});

it('names the login that was sent to an identity pool that knows another one', async () => {
  const app = open({ userPoolLogin: 'cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Other' });
  await signIn(app, 'alice');

  const error = await errorOf(app.aws.getCredentials());

  expect(error).toMatchObject({ code: 'wrongLogins', serviceError: 'NotAuthorizedException' });
  expect(String(error)).toContain('cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Other');
});

it.each(['GetId', 'GetCredentialsForIdentity'])(
  'aborts %s when the user signs out meanwhile',
  async (operation) => {
    const app = open();
    await signIn(app, 'alice');
    const barrier = emulator.hold(operation);
    const outcome = errorOf(app.aws.getCredentials());
    await barrier.arrived(1);

    await firstValueFrom(app.session.signOut());

    expect(await outcome).toMatchObject({ code: 'superseded' });
    await barrier.open();
    expect(await emulator.log.whenEnded(operation)).toMatchObject([{ outcome: 'reset' }]);
  },
);
