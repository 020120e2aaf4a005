import {
  CreateTableCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  type ScalarAttributeType,
} from '@aws-sdk/client-dynamodb';
import dynalite from 'dynalite';
import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Emulator, ManualClock, startEmulator } from 'cognito-emulator';
import {
  awsCredentials,
  type AwsCredentials,
} from '../../../cognito-emulator/testing-support/aws-credentials';
import { signRequest } from '../../testing-support/sign-request';
import { startSignedProxy, type SignedProxy } from './start-signed-proxy';

let database: Server;
let clock: ManualClock;
let emulator: Emulator;
let proxy: SignedProxy;
let alice: AwsCredentials;

beforeEach(async () => {
  database = dynalite({ createTableMs: 0 });
  database.listen(0, '127.0.0.1');
  await once(database, 'listening');
  clock = new ManualClock();
  emulator = await startEmulator({ clock });
  const { port } = database.address() as AddressInfo;
  proxy = await startSignedProxy({ emulator, target: `http://127.0.0.1:${port}` });
  alice = await awsCredentials(emulator, 'alice');
});

afterEach(async () => {
  await Promise.all([proxy.close(), emulator.close()]);
  await new Promise((resolve) => database.close(resolve));
});

function clientOf(credentials: AwsCredentials): DynamoDBClient {
  return new DynamoDBClient({ endpoint: proxy.url, region: emulator.region, credentials, maxAttempts: 1 });
}

it('passes on what the real client has signed', async () => {
  const client = clientOf(alice);
  const AttributeType: ScalarAttributeType = 'S';
  await client.send(
    new CreateTableCommand({
      TableName: 'notes',
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType }],
      BillingMode: 'PAY_PER_REQUEST',
    }),
  );
  await client.send(
    new PutItemCommand({ TableName: 'notes', Item: { id: { S: 'ä' }, text: { S: 'hello' } } }),
  );

  const { Item } = await client.send(new GetItemCommand({ TableName: 'notes', Key: { id: { S: 'ä' } } }));

  expect(Item).toEqual({ id: { S: 'ä' }, text: { S: 'hello' } });
  expect(proxy.requests.map(({ verdict }) => verdict)).toEqual(['accepted', 'accepted', 'accepted']);
  expect(proxy.requests.at(-1)).toMatchObject({
    identityId: alice.identityId,
    accessKeyId: alice.accessKeyId,
  });
  client.destroy();
});

it('has one CORS header that a browser accepts, although the target has its own', async () => {
  const { url, ...init } = await signRequest({
    url: `${proxy.url}/`,
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': 'DynamoDB_20120810.ListTables',
      origin: 'http://localhost:4200',
    },
    body: '{}',
    credentials: alice,
    service: 'dynamodb',
    at: clock.now(),
  });

  const answer = await fetch(url, init);

  expect(await answer.json()).toEqual({ TableNames: [] });
  expect(answer.headers.get('access-control-allow-origin')).toBe('*');
});

it.each([
  ['a wrong secret key', 'InvalidSignatureException', { secretAccessKey: 'wrong' }, 0],
  ['another session token', 'UnrecognizedClientException', { sessionToken: 'other' }, 0],
  ['an unknown key id', 'UnrecognizedClientException', { accessKeyId: 'ASIA0000000000000000' }, 0],
  ['an expired key', 'ExpiredTokenException', {}, 3_600_000],
])('refuses %s as DynamoDB does', async (_, name, change, passedMs) => {
  clock.advance(passedMs);
  const client = clientOf({ ...alice, ...change });

  const answer = client.send(new GetItemCommand({ TableName: 'notes', Key: { id: { S: 'a' } } }));

  await expect(answer).rejects.toMatchObject({ name });
  client.destroy();
});
