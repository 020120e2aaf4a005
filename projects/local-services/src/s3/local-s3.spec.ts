import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { Readable } from 'node:stream';
import { type Emulator, ManualClock, startEmulator } from 'cognito-emulator';
import {
  awsCredentials,
  type AwsCredentials,
} from '../../../cognito-emulator/testing-support/aws-credentials';
import { presignUrl, signRequest } from '../../testing-support/sign-request';
import type { LocalS3 } from './local-s3';
import { startLocalS3 } from './start-local-s3';

let clock: ManualClock;
let emulator: Emulator;
let s3: LocalS3;
let alice: AwsCredentials;
let client: S3Client;

beforeEach(async () => {
  clock = new ManualClock();
  const users = ['alice', 'bob'].map((username) => ({ username, password: 'x' }));
  emulator = await startEmulator({ clock, pools: [{ users }] });
  s3 = await startLocalS3({ emulator });
  alice = await awsCredentials(emulator, 'alice');
  client = clientOf(alice);
});

afterEach(async () => {
  client.destroy();
  await Promise.all([s3.close(), emulator.close()]);
});

const clientOf = (credentials: AwsCredentials, { url, region } = s3, maxAttempts = 1) =>
  new S3Client({ endpoint: url, region, credentials, maxAttempts, forcePathStyle: true });

const put = (Key: string, Body: string | Uint8Array | Readable, more: object = {}) =>
  client.send(new PutObjectCommand({ Bucket: s3.bucket, Key, Body, ...more }));

const textOf = async (Key: string) => {
  const { Body } = await client.send(new GetObjectCommand({ Bucket: s3.bucket, Key }));
  return Body?.transformToString();
};

const at = (Key: string) => ({ Bucket: s3.bucket, Key });

const list = (more: object = {}) => client.send(new ListObjectsV2Command({ Bucket: s3.bucket, ...more }));

it('gives an object back as it was uploaded, whatever its key and content', async () => {
  const Key = 'photos/ä b+c&d=(1)%.txt';
  const content = Buffer.from([0, 255, 13, 10, 128]);
  await put(Key, content, { ContentType: 'image/x-test', Metadata: { album: 'summer' } });

  const answer = await client.send(new GetObjectCommand({ Bucket: s3.bucket, Key }));

  expect(Buffer.from((await answer.Body?.transformToByteArray()) ?? [])).toEqual(content);
  expect(answer).toMatchObject({
    ContentType: 'image/x-test',
    Metadata: { album: 'summer' },
    ContentLength: 5,
    ChecksumCRC32: expect.any(String),
  });
  expect(s3.objects()).toMatchObject([{ key: Key, writtenBy: alice.identityId, lastModified: clock.now() }]);
});

it('takes a stream in the chunks of the SDK, and verifies the checksum behind them', async () => {
  await put('stream', Readable.from(['hello ', 'world']), { ContentLength: 11 });

  expect(await textOf('stream')).toBe('hello world');
  expect(s3.objects()).toMatchObject([{ headers: { 'content-type': 'application/octet-stream' } }]);
  expect(s3.objects()[0]?.headers).not.toHaveProperty('content-encoding');
});

it.each(['SHA1', 'SHA256', 'CRC32'])('verifies the checksum %s', async (ChecksumAlgorithm) => {
  await put('checked', 'hello', { ChecksumAlgorithm });

  const wrong = put('wrong', 'hello', { [`Checksum${ChecksumAlgorithm}`]: 'AAAAAA==' });

  await expect(wrong).rejects.toMatchObject({ name: 'BadDigest' });
  expect(s3.objects().map(({ key }) => key)).toEqual(['checked']);
});

it('has the head of an object, deletes it, and does not find it any more', async () => {
  await put('a', 'hello');

  const head = await client.send(new HeadObjectCommand({ Bucket: s3.bucket, Key: 'a' }));
  await client.send(new DeleteObjectCommand({ Bucket: s3.bucket, Key: 'a' }));

  expect(head.ContentLength).toBe(5);
  await expect(textOf('a')).rejects.toMatchObject({ name: 'NoSuchKey' });
  await expect(client.send(new GetObjectCommand({ Bucket: 'nowhere', Key: 'a' }))).rejects.toMatchObject({
    name: 'NoSuchBucket',
  });
});

it('lists by prefix and delimiter, in pages', async () => {
  for (const key of ['b/2', 'b/1', 'a', 'b/c/3', 'b/c/4', 'b/<&>']) s3.put(key, 'x');

  const folder = await list({ Prefix: 'b/', Delimiter: '/' });
  const first = await list({ MaxKeys: 4 });
  const second = await list({ MaxKeys: 4, ContinuationToken: first.NextContinuationToken });

  const keys = ({ Contents = [] }: typeof folder) => Contents.map(({ Key }) => Key);
  expect(keys(folder)).toEqual(['b/1', 'b/2', 'b/<&>']);
  expect(folder.CommonPrefixes).toEqual([{ Prefix: 'b/c/' }]);
  expect([first.IsTruncated, second.IsTruncated]).toEqual([true, false]);
  expect([...keys(first), ...keys(second)]).toEqual(['a', 'b/1', 'b/2', 'b/<&>', 'b/c/3', 'b/c/4']);
});

it.each([
  ['a wrong secret key', 'SignatureDoesNotMatch', { secretAccessKey: 'wrong' }],
  ['another session token', 'InvalidToken', { sessionToken: 'other' }],
  ['an unknown key id', 'InvalidAccessKeyId', { accessKeyId: 'ASIA0000000000000000' }],
])('refuses %s', async (_, name, change) => {
  await put('a', 'untouched');
  const other = clientOf({ ...alice, ...change });

  const answer = other.send(new PutObjectCommand({ Bucket: s3.bucket, Key: 'a', Body: 'overwritten' }));

  await expect(answer).rejects.toMatchObject({ name });
  expect(s3.objects().map(({ body }) => body.toString())).toEqual(['untouched']);
  other.destroy();
});

it('refuses a body that was altered on its way', async () => {
  const signed = await signRequest({
    url: `${s3.url}/${s3.bucket}/a`,
    method: 'PUT',
    body: 'hello',
    credentials: alice,
    service: 's3',
    at: clock.now(),
  });

  const response = await fetch(signed.url, { ...signed, body: 'hullo' });

  expect(response.status).toBe(400);
  expect(await response.text()).toContain('<Code>XAmzContentSHA256Mismatch</Code>');
  expect((await fetch(signed.url, { ...signed })).status).toBe(200);
});

it('takes a body whose hash is not signed, as the SDK sends one that it cannot hash', async () => {
  const signed = await signRequest({
    url: `${s3.url}/${s3.bucket}/a`,
    method: 'PUT',
    headers: { 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' },
    credentials: alice,
    service: 's3',
    at: clock.now(),
  });

  const response = await fetch(signed.url, { ...signed, body: 'hello' });

  expect(response.status).toBe(200);
  expect(s3.objects().map(({ body }) => body.toString())).toEqual(['hello']);
});

it('refuses expired keys, and corrects a client whose clock is wrong by its Date', async () => {
  const patient = clientOf(alice, s3, 2);
  const upload = (Key: string) => patient.send(new PutObjectCommand({ Bucket: s3.bucket, Key, Body: 'x' }));
  clock.advance(1_800_000);

  await upload('in time');
  clock.advance(1_800_000);

  await expect(upload('late')).rejects.toMatchObject({ name: 'ExpiredToken' });
  const verdicts = s3.requests.map(({ verdict }) => verdict);
  expect(verdicts.slice(0, 3)).toEqual(['RequestTimeTooSkewed', 'accepted', 'ExpiredToken']);
  patient.destroy();
});

it('serves a presigned address, as an image would use it', async () => {
  s3.put('photo', 'pixels');
  const request = { url: `${s3.url}/${s3.bucket}/photo`, credentials: alice, service: 's3', at: clock.now() };
  const url = await presignUrl({ ...request, headers: { 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' } }, 60);

  const response = await fetch(url);
  const other = await fetch(url.replace('/photo', '/other'));

  expect(await response.text()).toBe('pixels');
  expect(other.status).toBe(403);
});

it('confines each identity to its own folder, if told to', async () => {
  const privateS3 = await startLocalS3({ emulator, isPrivatePerIdentity: true, buckets: ['private'] });
  const bob = await awsCredentials(emulator, 'bob');
  const own = clientOf(alice, privateS3);
  const other = clientOf(bob, privateS3);
  const Bucket = 'private';
  const Key = `${alice.identityId}/diary`;

  await own.send(new PutObjectCommand({ Bucket, Key, Body: 'secret' }));

  const listed = await own.send(new ListObjectsV2Command({ Bucket, Prefix: `${alice.identityId}/` }));
  expect(listed.KeyCount).toBe(1);
  const attempts = [
    () => other.send(new GetObjectCommand({ Bucket, Key })),
    () => other.send(new DeleteObjectCommand({ Bucket, Key })),
    () => other.send(new ListObjectsV2Command({ Bucket, Prefix: `${alice.identityId}/` })),
    () => own.send(new ListObjectsV2Command({ Bucket })),
  ];
  for (const attempt of attempts) await expect(attempt()).rejects.toMatchObject({ name: 'AccessDenied' });
  own.destroy();
  other.destroy();
  await privateS3.close();
});

it('refuses what it does not have, instead of taking it for something else', async () => {
  s3.put('a', 'hello');

  const part = client.send(new GetObjectCommand({ Bucket: s3.bucket, Key: 'a', Range: 'bytes=0-1' }));

  await expect(part).rejects.toMatchObject({ name: 'NotImplemented' });
});

it.each([
  ['PutObject', (Key: string) => put(Key, 'x', { IfNoneMatch: '*' })],
  ['DeleteObject', (Key: string) => client.send(new DeleteObjectCommand({ ...at(Key), IfMatch: '"1"' }))],
  ['GetObject', (Key: string) => client.send(new GetObjectCommand({ ...at(Key), IfMatch: '"1"' }))],
])('refuses a condition of %s, instead of leaving it out', async (_, send) => {
  s3.put('a', 'hello');

  await expect(send('a')).rejects.toMatchObject({ name: 'NotImplemented' });
  expect(s3.objects().map(({ body }) => body.toString())).toEqual(['hello']);
});

it('answers a browser that asks whether its copy is current with the object', async () => {
  await put('a', 'hello');
  const { url, headers } = await signRequest({
    url: `${s3.url}/${s3.bucket}/a`,
    credentials: alice,
    service: 's3',
    at: clock.now(),
  });

  const answer = await fetch(url, { headers: { ...headers, 'if-none-match': s3.objects()[0]?.eTag ?? '' } });

  expect(await answer.text()).toBe('hello');
});

it('lets pages of every origin send what the SDK sends, and read all headers', async () => {
  const asked = 'amz-sdk-invocation-id,authorization,content-type,x-amz-checksum-crc32,x-amz-date';

  const preflight = await fetch(`${s3.url}/${s3.bucket}/a`, {
    method: 'OPTIONS',
    headers: { 'Access-Control-Request-Method': 'PUT', 'Access-Control-Request-Headers': asked },
  });
  const refused = await fetch(`${s3.url}/${s3.bucket}/a`);

  expect(preflight.headers.get('access-control-allow-headers')).toBe(asked);
  expect(preflight.headers.get('access-control-allow-methods')).toContain('PUT');
  expect(refused.status).toBe(403);
  expect(refused.headers.get('access-control-allow-origin')).toBe('*');
  expect(refused.headers.get('access-control-expose-headers')).toBe('*');
});

it('keeps its log from pages of other sites', async () => {
  const response = await fetch(`${s3.url}/_control/log`, { headers: { 'Sec-Fetch-Site': 'cross-site' } });

  expect(response.status).toBe(403);
});
