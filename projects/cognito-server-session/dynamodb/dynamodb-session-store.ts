import {
  DeleteItemCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import {
  ConfigurationError,
  ɵenvironmentOf,
  type Environment,
  type RowChange,
  type RowCondition,
  type SessionKey,
  type SessionRow,
  type SessionStore,
} from 'cognito-server-session';
import { conditionOf, Placeholders, updateOf } from './expression';
import { OTHER_ATTRIBUTES, toItem, toRow, type Item, type KeyNames } from './item';

/** Options of `DynamoDbSessionStore`. */
export interface DynamoDbSessionStoreOptions {
  /** Default: `SESSION_TABLE`. */
  readonly tableName?: string;
  /** Name of the partition key, a string, which holds the user's `sub`. Default: `PARTITION_KEY`, else `sub`. */
  readonly partitionKey?: string;
  /** Name of the sort key, a string. Default: the table has none, so a user has one session and a new sign-in replaces it. */
  readonly sortKey?: string;
  /** Default: a client for the region of the environment. */
  readonly client?: DynamoDBClient;
  /** Environment variables. Default: those of the process. */
  readonly environment?: Environment;
}

/**
 * Keeps sessions in a DynamoDB table, one item each. Every write is one conditional write, every read is consistent. The
 * constructor throws a `ConfigurationError` that names the option.
 *
 * ```ts
 * const store = new DynamoDbSessionStore({ tableName: 'sessions', sortKey: 'sid' });
 * ```
 */
export class DynamoDbSessionStore implements SessionStore {
  readonly #table: string;
  readonly #names: KeyNames;
  readonly #hasSortKey: boolean;
  readonly #client: DynamoDBClient;

  constructor(options: DynamoDbSessionStoreOptions = {}) {
    const environment = options.environment ?? ɵenvironmentOf();
    const { sortKey } = options;
    this.#table = nameOf('tableName', options.tableName ?? environment['SESSION_TABLE'], /^[\w.-]{3,255}$/);
    const { PARTITION_KEY: named = '' } = environment;
    const partitionKey = options.partitionKey ?? (named === '' ? 'sub' : named);
    this.#names = {
      partitionKey: keyName('partitionKey', partitionKey),
      sidHash: sortKey === undefined ? 'sidHash' : keyName('sortKey', sortKey),
    };
    if (this.#names.partitionKey === this.#names.sidHash)
      throw new ConfigurationError('partitionKey', 'must differ from the sort key');
    this.#hasSortKey = sortKey !== undefined;
    this.#client = options.client ?? new DynamoDBClient({});
  }

  /** Resolves with the item, read consistently, or with `null`. */
  async read(key: SessionKey): Promise<SessionRow | null> {
    const { Item } = await this.#client.send(
      new GetItemCommand({ TableName: this.#table, Key: this.#keyOf(key), ConsistentRead: true }),
    );
    return this.#rowOf(Item);
  }

  /** Resolves with the item that it replaced, or with `null`. */
  async create(row: SessionRow): Promise<SessionRow | null> {
    const { Attributes } = await this.#client.send(
      new PutItemCommand({ TableName: this.#table, Item: toItem(row, this.#names), ReturnValues: 'ALL_OLD' }),
    );
    return this.#rowOf(Attributes);
  }

  /** Resolves with the item as it was, or with `null`. */
  update(key: SessionKey, condition: RowCondition, change: RowChange): Promise<SessionRow | null> {
    const placeholders = new Placeholders();
    const command = new UpdateItemCommand({
      ...this.#conditional(key, condition, placeholders),
      UpdateExpression: updateOf(change, placeholders),
    });
    return this.#ifConditionHolds(this.#client.send(command));
  }

  /** Resolves with the item as it was, or with `null`. */
  delete(key: SessionKey, condition: RowCondition): Promise<SessionRow | null> {
    const command = new DeleteItemCommand(this.#conditional(key, condition, new Placeholders()));
    return this.#ifConditionHolds(this.#client.send(command));
  }

  /** Resolves with all items of the user, read consistently. */
  async list(sub: string): Promise<readonly SessionRow[]> {
    const items: Item[] = [];
    let next: Item | undefined;
    do {
      const { Items = [], LastEvaluatedKey } = await this.#client.send(
        new QueryCommand({
          TableName: this.#table,
          KeyConditionExpression: '#sub = :sub',
          ExpressionAttributeNames: { '#sub': this.#names.partitionKey },
          ExpressionAttributeValues: { ':sub': { S: sub } },
          ConsistentRead: true,
          ...(next && { ExclusiveStartKey: next }),
        }),
      );
      items.push(...Items);
      next = LastEvaluatedKey;
    } while (next !== undefined);
    // Another program may keep items of its own in the table.
    return items.map((item) => toRow(item, this.#names)).filter(({ sidHash }) => sidHash !== '');
  }

  #keyOf({ sub, sidHash }: SessionKey): Item {
    const { partitionKey, sidHash: sortKey } = this.#names;
    return { [partitionKey]: { S: sub }, ...(this.#hasSortKey && { [sortKey]: { S: sidHash } }) };
  }

  #conditional(key: SessionKey, condition: RowCondition, to: Placeholders) {
    const sidHash = { attribute: this.#names.sidHash, value: key.sidHash };
    return {
      TableName: this.#table,
      Key: this.#keyOf(key),
      ConditionExpression: conditionOf(condition, sidHash, to),
      ExpressionAttributeNames: to.names,
      ExpressionAttributeValues: to.values,
      ReturnValues: 'ALL_OLD' as const,
    };
  }

  async #ifConditionHolds(
    write: Promise<{ readonly Attributes?: Item | undefined }>,
  ): Promise<SessionRow | null> {
    try {
      return this.#rowOf((await write).Attributes);
    } catch (error) {
      if (error instanceof Error && error.name === 'ConditionalCheckFailedException') return null;
      throw error;
    }
  }

  #rowOf(item: Item | undefined): SessionRow | null {
    return item === undefined ? null : toRow(item, this.#names);
  }
}

function keyName(field: string, value: string): string {
  const name = nameOf(field, value, /^[\w.-]{1,255}$/);
  if (OTHER_ATTRIBUTES.includes(name))
    throw new ConfigurationError(field, 'must not be the name of another attribute');
  return name;
}

function nameOf(field: string, value: string | undefined, form: RegExp): string {
  if (value === undefined || value === '') throw new ConfigurationError(field, 'is missing');
  if (!form.test(value)) throw new ConfigurationError(field, 'is malformed');
  return value;
}
