import {
  GetItemCommand,
  PutItemCommand,
  UpdateItemCommand,
  type AttributeValue,
} from '@aws-sdk/client-dynamodb';
import { DynamoTable } from '../testing-support/dynamo-table';
import {
  cookieIn,
  MASTER_KEY,
  requestWith,
  ServerApp,
  type ServerAppOptions,
} from '../testing-support/server-app';
import { DynamoDbSessionStore } from './dynamodb-session-store';

const REFRESH = 'GetTokensFromRefreshToken';

const isLong = process.env['LONG_TESTS'] === '1';

let table: DynamoTable;
let app: ServerApp;

async function start(
  keys: { partitionKey?: string; sortKey?: string } = { sortKey: 'sid' },
  options: ServerAppOptions = {},
) {
  table = await DynamoTable.start(keys);
  const store = () =>
    new DynamoDbSessionStore({ tableName: table.tableName, client: table.client(), ...keys });
  app = await ServerApp.start({ store: store(), ...options });
  return () => app.instance({ store: store() });
}

afterEach(async () => {
  await app.close();
  await table.close();
});

const get = (cookie: string, sessions = app.sessions) => sessions.get(requestWith(cookie));

describe('sessions in DynamoDB', () => {
  it('cost one consistent read per request, and no write', async () => {
    await start();
    const cookie = await app.signIn();
    table.calls.length = 0;

    expect((await get(cookie))?.user.username).toBe('alice');

    expect(table.calls).toEqual(['GetItem']);
  });

  it.each(isLong ? [25, 100] : [25])('are refreshed once by %i instances at the same time', async (count) => {
    const instance = await start();
    const cookie = await app.signIn();
    app.expireTokens();

    const sessions = await Promise.all(Array.from({ length: count }, () => get(cookie, instance())));

    expect(app.refreshCount()).toBe(1);
    expect(new Set(await Promise.all(sessions.map(async (session) => session?.accessToken()))).size).toBe(1);
  });

  it('of one user are several, and end one by one', async () => {
    await start();
    const [phone, laptop] = [await app.signIn(), await app.signIn()];
    await app.sessions.signOut(requestWith(phone));

    expect(await get(phone)).toBeNull();
    expect(await get(laptop)).not.toBeNull();
    expect(await app.sessions.list(requestWith(laptop))).toHaveLength(1);
  });

  it('of a table without a sort key are one per user: a new sign-in replaces the old one', async () => {
    await start({});
    const [phone, laptop] = [await app.signIn(), await app.signIn()];

    expect(await get(phone)).toBeNull();
    expect(await get(laptop)).not.toBeNull();
    await app.sessions.signOut(requestWith(phone));
    expect(await get(laptop)).not.toBeNull();
  });

  it.each([
    ['the browser of the old one', undefined, true],
    ['another device, with the master key', MASTER_KEY, false],
  ])('of a table without a sort key: the old one is revoked by %s', async (_, masterKey, isSameBrowser) => {
    await start({}, masterKey === undefined ? {} : { masterKey });
    const old = await app.signIn();

    await app.signIn('alice', isSameBrowser ? requestWith(old) : undefined);

    expect(app.emulator.liveRefreshTokens()).toHaveLength(1);
    expect(app.logged).toEqual([]);
  });

  it('of a table without a sort key: the log says if the old one could not be revoked', async () => {
    await start({});
    await app.signIn();

    await app.signIn();

    expect(app.logged).toContainEqual(
      expect.objectContaining({ level: 'warn', message: expect.stringContaining('replaced session') }),
    );
  });

  it('of a table without a sort key: a stale refresh cannot touch the session that replaced its own', async () => {
    const instance = await start({});
    const old = await app.signIn();
    app.expireTokens();
    const barrier = app.emulator.hold(REFRESH, 'afterCommit');
    const late = get(old, instance());
    await barrier.arrived();
    const cookie = await app.signIn();

    await barrier.open();

    expect(await late).toBeNull();
    expect((await get(cookie))?.user.username).toBe('alice');
    expect(app.emulator.liveRefreshTokens()).toHaveLength(1);
  });

  it('have the attributes and the key that other packages document', async () => {
    await start({ partitionKey: 'partition_key' });
    const { session } = await app.sessions.signIn(await app.emulator.signIn('alice'));

    const { Item } = await table.client().send(
      new GetItemCommand({
        TableName: table.tableName,
        Key: { partition_key: { S: session.user.sub } },
        ConsistentRead: true,
      }),
    );

    expect(Item).toMatchObject({
      token: { S: expect.any(String) },
      timestamp: { N: String(app.time.now()) },
    });
    expect(Number(Item?.['ttl']?.N) * 1000).toBeGreaterThanOrEqual(session.endsAt?.getTime() ?? Infinity);
  });

  it('leave an item of another program alone until the user signs in', async () => {
    await start({});
    const { session } = await app.sessions.signIn(await app.emulator.signIn('alice'));
    const { sub } = session.user;
    const Item = { sub: { S: sub }, token: { S: 'a refresh token' }, timestamp: { S: '1700000000' } };
    await table.client().send(new PutItemCommand({ TableName: table.tableName, Item }));

    expect(await app.sessions.signOutEverywhere(sub)).toEqual({ removed: 0, notRevoked: 0 });

    expect(await get(await app.signIn())).not.toBeNull();
  });

  it.each<[name: string, value: AttributeValue]>([
    ['version', { S: '1' }],
    ['attempt', { S: 'an id' }],
    ['attempt', { M: {} }],
    ['backoff', { M: { code: { S: 'throttled' } } }],
    ['endsAt', { N: '9'.repeat(30) }],
  ])('are over if another program has written %s: %j', async (name, value) => {
    await start();
    const { setCookie, session } = await app.sessions.signIn(await app.emulator.signIn('alice'));
    const cookie = cookieIn(setCookie);
    await table.client().send(
      new UpdateItemCommand({
        TableName: table.tableName,
        Key: { sub: { S: session.user.sub }, sid: { S: session.id } },
        UpdateExpression: 'SET #name = :value',
        ExpressionAttributeNames: { '#name': name },
        ExpressionAttributeValues: { ':value': value },
      }),
    );
    app.expireTokens();

    expect(await get(cookie)).toBeNull();

    expect(await app.sessions.list(requestWith(await app.signIn()))).toHaveLength(1);
    expect(app.refreshCount()).toBe(0);
  });

  it('are found by a reader that needs what was just written', async () => {
    const instance = await start();
    const cookie = await app.signIn();
    app.expireTokens();
    await get(cookie);

    await get(cookie, instance());
    await app.sessions.signOut(requestWith(cookie));

    expect(app.refreshCount()).toBe(1);
    expect(await get(cookie, instance())).toBeNull();
  });

  it('list all items of a user, page by page', async () => {
    await start();
    const userAgent = 'x'.repeat(200);
    const cookies = [];
    // A page holds 1 MB.
    const request = requestWith('', '/', { headers: { 'user-agent': userAgent } });
    for (let at = 0; at < 3; at++) cookies.push(await app.signIn('alice', request));
    const { sub } = (await get(cookies[0] ?? ''))?.user ?? { sub: '' };
    for (const row of await app.store.list(sub))
      await app.store.update(row, {}, { spare: 'x'.repeat(390_000) });

    expect(await app.store.list(sub)).toHaveLength(3);
    expect(table.calls.filter((call) => call === 'Query').length).toBeGreaterThan(2);
  });
});

describe('a write whose connection breaks', () => {
  it('does not cost the new tokens', async () => {
    const instance = await start();
    const cookie = await app.signIn();
    app.expireTokens();
    const barrier = app.emulator.hold(REFRESH);
    const refreshing = get(cookie);
    await barrier.arrived();
    table.fail('UpdateItem', 'appliedThenReset');
    await barrier.open();

    const token = await (await refreshing)?.accessToken();

    expect(app.emulator.accessTokenStatus(token ?? '').isValid).toBe(true);
    expect(await (await get(cookie, instance()))?.accessToken()).toBe(token);
    expect(app.emulator.log.count('RevokeToken')).toBe(0);
  });

  it('does not cost the claim', async () => {
    await start();
    const cookie = await app.signIn();
    app.expireTokens();
    table.fail('UpdateItem', 'appliedThenReset');

    expect(await get(cookie)).not.toBeNull();
    expect(app.refreshCount()).toBe(1);
  });

  it('signs out all the same, and revokes the tokens', async () => {
    await start();
    const cookie = await app.signIn();
    table.fail('DeleteItem', 'appliedThenReset');

    await app.sessions.signOut(requestWith(cookie));

    expect(await get(cookie)).toBeNull();
    expect(app.emulator.liveRefreshTokens()).toEqual([]);
  });

  it('signs in all the same', async () => {
    await start({});
    table.fail('PutItem', 'appliedThenReset');

    expect(await get(await app.signIn())).not.toBeNull();
    expect(app.emulator.liveRefreshTokens()).toHaveLength(1);
  });
});

describe('throttling', () => {
  it('answers 503 and ends nothing', async () => {
    await start();
    const cookie = await app.signIn();
    table.fail('GetItem', 'throttled');

    await expect(get(cookie)).rejects.toMatchObject({ status: 503, reason: 'storeError' });

    expect(await get(cookie)).not.toBeNull();
  });

  it('of the write of new tokens does not cost them', async () => {
    await start();
    const cookie = await app.signIn();
    app.expireTokens();
    const barrier = app.emulator.hold(REFRESH);
    const refreshing = get(cookie);
    await barrier.arrived();
    table.fail('UpdateItem', 'throttled');
    await barrier.open();

    expect(await refreshing).not.toBeNull();
    expect(app.refreshCount()).toBe(1);
  });

  it('of a sign-out is reported: the session has not ended', async () => {
    await start();
    const cookie = await app.signIn();
    table.fail('DeleteItem', 'throttled');

    await expect(app.sessions.signOut(requestWith(cookie))).rejects.toMatchObject({ status: 503 });

    expect(await get(cookie)).not.toBeNull();
  });
});

describe('the options of the store', () => {
  const environment = { SESSION_TABLE: 'sessions', PARTITION_KEY: 'user' };

  beforeEach(async () => {
    await start();
  });

  it('come from the environment as well', () => {
    expect(() => new DynamoDbSessionStore({ environment, client: table.client() })).not.toThrow();
  });

  it('may have names of any length that DynamoDB allows', () => {
    const options = { client: table.client(), environment: {} };

    for (const [tableName, key] of [
      ['a-b', 'a'],
      ['a.b_'.repeat(63) + 'abc', 'a.b-'.repeat(63) + 'abc'],
    ] as const)
      expect(() => new DynamoDbSessionStore({ ...options, tableName, partitionKey: key })).not.toThrow();
  });

  it('is `sub` for the partition key if the environment has none, or an empty one', () => {
    for (const named of [{}, { PARTITION_KEY: '' }]) {
      const options = { environment: { SESSION_TABLE: 'sessions', ...named }, client: table.client() };
      expect(() => new DynamoDbSessionStore({ ...options, sortKey: 'sub' })).toThrow('must differ');
      expect(() => new DynamoDbSessionStore(options)).not.toThrow();
    }
  });

  it.each<readonly [string, string, object]>([
    ['tableName', 'is missing', { environment: {} }],
    ['tableName', 'is missing', { tableName: '' }],
    ...['a b', 'ab', ' abc', 'abc ', 'a'.repeat(256)].map(
      (tableName) => ['tableName', 'is malformed', { tableName }] as const,
    ),
    ...['a b', ' a', 'a ', 'a'.repeat(256)].map(
      (partitionKey) => ['partitionKey', 'is malformed', { partitionKey }] as const,
    ),
    ['sortKey', 'is malformed', { sortKey: 'a b' }],
    ['sortKey', 'is missing', { sortKey: '' }],
    ['partitionKey', 'must differ from the sort key', { partitionKey: 'sidHash' }],
    ['sortKey', 'must not be the name of another attribute', { sortKey: 'ttl' }],
    ['partitionKey', 'must not be the name of another attribute', { partitionKey: 'token' }],
    ['sortKey', 'must not be the name of another attribute', { sortKey: 'version' }],
    ['partitionKey', 'must differ from the sort key', { sortKey: 'user' }],
  ])('%s that %s is refused by its name', (field, problem, change) => {
    const options = { environment, client: table.client(), ...change };

    expect(() => new DynamoDbSessionStore(options)).toThrow(
      expect.objectContaining({ name: 'ConfigurationError', message: `${field} ${problem}.` }),
    );
  });
});
