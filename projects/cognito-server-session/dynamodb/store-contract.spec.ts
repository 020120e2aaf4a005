import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { DynamoTable } from '../testing-support/dynamo-table';
import { describeStore, ROW } from '../testing-support/store-contract';
import { DynamoDbSessionStore } from './dynamodb-session-store';

let table: DynamoTable;

afterEach(() => table.close());

/** Names that expressions of DynamoDB cannot hold as they are. */
const RESERVED = { partitionKey: 'user', sortKey: 'hash.key-1' };

const storeWith = (keys: { partitionKey?: string; sortKey?: string }) =>
  new DynamoDbSessionStore({ tableName: table.tableName, client: table.client(), ...keys });

describe('a table with reserved words as its keys', () => {
  beforeEach(async () => {
    table = await DynamoTable.start(RESERVED);
  });

  describeStore(() => storeWith(RESERVED));
});

describe('a table without a sort key', () => {
  beforeEach(async () => {
    table = await DynamoTable.start();
  });

  const OTHER = { ...ROW, sidHash: 'hash-2' };

  it('keeps the last session of a user, and gives the one that it replaced', async () => {
    const store = storeWith({});

    expect([await store.create(ROW), await store.create(OTHER)]).toEqual([null, ROW]);

    expect(await store.list('alice')).toEqual([OTHER]);
  });

  it('writes nothing by the name of a session that was replaced', async () => {
    const store = storeWith({});
    await store.create(ROW);
    await store.create(OTHER);

    expect(await store.update(ROW, {}, { version: 4 })).toBeNull();
    expect(await store.delete(ROW, {})).toBeNull();

    expect(await store.read(OTHER)).toEqual(OTHER);
  });

  it.each([
    [1_700_000_000_000, '1700000000'],
    [1_700_000_000_001, '1700000001'],
  ])('has DynamoDB remove a session in the second after its deadline: %i', async (endsAt, seconds) => {
    await storeWith({}).create({ ...ROW, endsAt });

    const { Item } = await table.client().send(
      new GetItemCommand({
        TableName: table.tableName,
        Key: { sub: { S: 'alice' } },
        ConsistentRead: true,
      }),
    );

    expect(Item?.['ttl']).toEqual({ N: seconds });
  });
});
