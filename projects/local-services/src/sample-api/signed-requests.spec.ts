import { type Emulator, ManualClock, startEmulator } from 'cognito-emulator';
import {
  awsCredentials,
  type AwsCredentials,
} from '../../../cognito-emulator/testing-support/aws-credentials';
import {
  presignUrl,
  signRequest,
  type RequestToSign,
  type SignedRequest,
} from '../../testing-support/sign-request';
import type { SampleApi } from './sample-api';
import { startSampleApi } from './start-sample-api';

let clock: ManualClock;
let emulator: Emulator;
let api: SampleApi;
let alice: AwsCredentials;
let bob: AwsCredentials;

beforeEach(async () => {
  clock = new ManualClock();
  const users = ['alice', 'bob'].map((username) => ({ username, password: 'x' }));
  emulator = await startEmulator({ clock, pools: [{ users }] });
  api = await startSampleApi({ emulator });
  alice = await awsCredentials(emulator, 'alice');
  bob = await awsCredentials(emulator, 'bob');
});

afterEach(() => Promise.all([api.close(), emulator.close()]));

/** A request with everything that a signature covers. */
const order = (change: Partial<RequestToSign> = {}): RequestToSign => ({
  url: `${api.url}/signed/orders/a%20b/%C3%A4?size=large&color=sky%20blue%2B`,
  method: 'POST',
  headers: { 'content-type': 'application/json', 'x-amz-meta-note': 'two  spaces' },
  body: '{"count":1}',
  credentials: alice,
  at: clock.now(),
  ...change,
});

const send = ({ url, ...init }: SignedRequest) => fetch(url, init);

const sendSigned = async (change: Partial<RequestToSign> = {}) => send(await signRequest(order(change)));

it('tells the signer of a request who it is', async () => {
  const response = await sendSigned();

  expect(response.status).toBe(200);
  expect(await response.json()).toEqual({
    identityId: alice.identityId,
    identityPoolId: emulator.identityPoolId,
    roleArn: 'arn:aws:iam::123456789012:role/Cognito_EmulatorAuth_Role',
    isGuest: false,
    accessKeyId: alice.accessKeyId,
    method: 'POST',
    path: '/signed/orders/a%20b/%C3%A4',
    time: new Date(clock.now()).toISOString(),
  });
});

it('accepts a request without a body, with a member of the query that is there twice', async () => {
  const plain: RequestToSign = {
    url: `${api.url}/signed/hello?tag=b&tag=a`,
    credentials: bob,
    at: clock.now(),
  };

  const response = await send(await signRequest(plain));

  expect(await response.json()).toMatchObject({ identityId: bob.identityId });
});

/** Each would be accepted if the check of that one thing broke: the untouched request is. */
const ALTERATIONS: readonly [string, string, (signed: SignedRequest) => Promise<SignedRequest>][] = [
  ['a wrong secret key', 'SignatureDoesNotMatch', () => signedWith({ secretAccessKey: bob.secretAccessKey })],
  ["another session's token", 'InvalidToken', () => signedWith({ sessionToken: bob.sessionToken })],
  ["another user's key id", 'InvalidToken', () => signedWith({ accessKeyId: bob.accessKeyId })],
  ['an unknown key id', 'InvalidAccessKeyId', () => signedWith({ accessKeyId: 'ASIA0000000000000000' })],
  ['an altered body', 'XAmzContentSHA256Mismatch', altered({ body: '{"count":2}' })],
  ['an altered method', 'SignatureDoesNotMatch', altered({ method: 'PUT' })],
  ['an altered header', 'SignatureDoesNotMatch', alteredHeader('content-type', 'text/plain')],
  [
    'an altered hash of the body',
    'XAmzContentSHA256Mismatch',
    alteredHeader('x-amz-content-sha256', 'UNSIGNED-PAYLOAD'),
  ],
  [
    'a body whose hash is not signed, which S3 alone accepts',
    'XAmzContentSHA256Mismatch',
    () => signRequest(order({ headers: { 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' } })),
  ],
  ['an altered date', 'SignatureDoesNotMatch', (signed) => Promise.resolve(withLaterDate(signed))],
  ['a header that was added', 'HeadersNotSigned', alteredHeader('x-amz-acl', 'public-read')],
  ['an altered query', 'SignatureDoesNotMatch', alteredUrl('size=large', 'size=small')],
  ['an added query', 'SignatureDoesNotMatch', alteredUrl('size=large', 'size=large&force=true')],
  ['an altered path', 'SignatureDoesNotMatch', alteredUrl('/orders/', '/order/')],
  ['another service', 'SignatureDoesNotMatch', () => signRequest(order({ service: 's3' }))],
  ['another Region', 'SignatureDoesNotMatch', () => signRequest(order({ region: 'us-east-1' }))],
  [
    'a signature of 16 minutes ago',
    'RequestTimeTooSkewed',
    () => signRequest(order({ at: clock.now() - 960_000 })),
  ],
  [
    'a signature of the future',
    'RequestTimeTooSkewed',
    () => signRequest(order({ at: clock.now() + 960_000 })),
  ],
  ['no signature', 'MissingAuthenticationToken', (signed) => Promise.resolve({ ...signed, headers: {} })],
  ['a bearer token', 'AuthorizationHeaderMalformed', alteredHeader('authorization', 'Bearer x.y.z')],
];

it.each(ALTERATIONS)('refuses %s: %s', async (_, code, alter) => {
  const signed = await signRequest(order());

  const response = await send(await alter(signed));

  expect(response.status).toBe(403);
  expect(await response.json()).toEqual({ code, message: expect.any(String) });
  expect(api.signedRequests.at(-1)).toMatchObject({ verdict: code, status: 403, identityId: null });
  expect((await send(signed)).status).toBe(200);
});

it('refuses an expired key by the time of the emulator', async () => {
  clock.advance(3_599_000);
  const before = await sendSigned();
  clock.advance(1000);

  const after = await sendSigned();

  expect(before.status).toBe(200);
  expect(after.status).toBe(403);
  expect(after.headers.get('x-amzn-errortype')).toBe('ExpiredTokenException');
  expect(await after.json()).toMatchObject({ code: 'ExpiredToken' });
});

it('accepts a presigned address for as long as it says', async () => {
  const url = await presignUrl(
    { url: `${api.url}/signed/file?v=1`, credentials: alice, at: clock.now() },
    60,
  );

  const inTime = await fetch(url);
  const altered = await fetch(url.replace('v=1', 'v=2'));
  clock.advance(60_000);
  const late = await fetch(url);

  expect(await inTime.json()).toMatchObject({ identityId: alice.identityId });
  expect(await altered.json()).toMatchObject({ code: 'SignatureDoesNotMatch' });
  expect(await late.json()).toMatchObject({ code: 'RequestExpired' });
});

it('notes who has sent what, without a secret', async () => {
  await sendSigned();

  const log: unknown = await (await fetch(`${api.url}/_control/signed-log`)).json();

  expect(log).toEqual([
    {
      number: 1,
      at: clock.now(),
      method: 'POST',
      path: '/signed/orders/a%20b/%C3%A4',
      status: 200,
      verdict: 'accepted',
      accessKeyId: alice.accessKeyId,
      identityId: alice.identityId,
      roleArn: expect.any(String),
    },
  ]);
});

it('has no signed resource without an emulator that has issued the keys', async () => {
  const { userPoolId, clientId, jwksUrl } = emulator;
  const other = await startSampleApi({ userPoolId, clientId, jwksUrl });

  const response = await fetch(`${other.url}/signed/hello`);

  expect(response.status).toBe(404);
  await other.close();
});

function signedWith(change: Partial<AwsCredentials>): Promise<SignedRequest> {
  return signRequest(order({ credentials: { ...alice, ...change } }));
}

function altered(change: Partial<SignedRequest>) {
  return (signed: SignedRequest) => Promise.resolve({ ...signed, ...change });
}

function alteredHeader(name: string, value: string) {
  return (signed: SignedRequest) =>
    Promise.resolve({ ...signed, headers: { ...signed.headers, [name]: value } });
}

function alteredUrl(from: string, to: string) {
  return (signed: SignedRequest) => Promise.resolve({ ...signed, url: signed.url.replace(from, to) });
}

/** One minute later, on the same day or not: the date in the key's scope goes with it. */
function withLaterDate(signed: SignedRequest): SignedRequest {
  const later = new Date(clock.now() + 60_000).toISOString().replace(/[-:]|\.\d+/g, '');
  const authorization = signed.headers['authorization'] ?? '';
  return {
    ...signed,
    headers: {
      ...signed.headers,
      'x-amz-date': later,
      authorization: authorization.replace(/\/\d{8}\//, `/${later.slice(0, 8)}/`),
    },
  };
}
