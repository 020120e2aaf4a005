import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import dynalite from 'dynalite';
import {
  createServer,
  request as httpRequest,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';

/** What happens to the next call of an operation. */
export type DynamoFault =
  /** Carried out; the connection breaks before the answer. The SDK sends it again. */
  | 'appliedThenReset'
  /** Refused as often as the SDK tries. */
  | 'throttled';

const SDK_TRIES = 3;
const WRITES: readonly string[] = ['PutItem', 'UpdateItem', 'DeleteItem'];

type Input = Readonly<Record<string, unknown>>;

interface Answer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** A table of DynamoDB in this process, behind a proxy that fails as the service may, and whose plain reads are stale. */
export class DynamoTable {
  readonly tableName = 'sessions';
  readonly calls: string[] = [];
  private readonly faults = new Map<string, DynamoFault[]>();
  /** Answers as they were before the last write, by what was asked: what a read that is not consistent may still give. */
  private readonly stale = new Map<string, string>();
  private readonly clients: DynamoDBClient[] = [];

  private constructor(
    private readonly database: Server,
    private readonly proxy: Server,
    /** The partition key, and the sort key if there is one. */
    private readonly keys: readonly [string, ...string[]],
  ) {}

  static async start(
    keys: { readonly partitionKey?: string; readonly sortKey?: string } = {},
  ): Promise<DynamoTable> {
    const database = await listening(dynalite({ createTableMs: 0 }));
    const proxy = await listening(createServer());
    const sortKey = keys.sortKey === undefined ? [] : [keys.sortKey];
    const table = new DynamoTable(database, proxy, [keys.partitionKey ?? 'sub', ...sortKey]);
    proxy.on('request', (request, response) => {
      // The client may be gone: a test ends processes while they wait.
      table.pass(request, response).catch(() => response.destroy());
    });
    await table.create();
    table.calls.length = 0;
    return table;
  }

  /** Of the proxy. */
  get url(): string {
    return urlOf(this.proxy);
  }

  client(): DynamoDBClient {
    const client = new DynamoDBClient({
      endpoint: this.url,
      region: 'eu-west-1',
      credentials: { accessKeyId: 'x', secretAccessKey: 'x' },
      maxAttempts: SDK_TRIES,
    });
    this.clients.push(client);
    return client;
  }

  fail(operation: string, fault: DynamoFault): void {
    const times = fault === 'throttled' ? SDK_TRIES : 1;
    this.faults.set(operation, [
      ...(this.faults.get(operation) ?? []),
      ...Array<DynamoFault>(times).fill(fault),
    ]);
  }

  async close(): Promise<void> {
    for (const client of this.clients) client.destroy();
    for (const server of [this.proxy, this.database]) {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
  }

  private async create(): Promise<void> {
    await this.client().send(
      new CreateTableCommand({
        TableName: this.tableName,
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: this.keys.map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
        KeySchema: this.keys.map((AttributeName, at) => ({
          AttributeName,
          KeyType: at === 0 ? 'HASH' : 'RANGE',
        })),
      }),
    );
  }

  private async pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await textOf(request);
    const operation = String(request.headers['x-amz-target']).split('.')[1] ?? '';
    const input = JSON.parse(body) as Input;
    this.calls.push(operation);
    const fault = this.faults.get(operation)?.shift();
    if (fault === 'throttled') {
      const type = 'com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException';
      send(response, {
        status: 400,
        headers: {},
        body: JSON.stringify({ __type: type, message: 'Slow down.' }),
      });
      return;
    }
    const stale = input['ConsistentRead'] === true ? undefined : this.stale.get(nameOf(operation, input));
    if (stale !== undefined) {
      send(response, { status: 200, headers: {}, body: stale });
      return;
    }
    if (WRITES.includes(operation)) await this.remember(request.headers, input);
    const answer = await this.ask(request.headers, body);
    if (fault === 'appliedThenReset') response.socket?.destroy();
    else send(response, answer);
  }

  /** Keeps the item that a write is about to change, and all items of its user. */
  private async remember(headers: IncomingMessage['headers'], input: Input): Promise<void> {
    const attributes = (input['Key'] ?? input['Item']) as Input;
    const [partitionKey] = this.keys;
    const TableName = input['TableName'];
    const reads = {
      GetItem: { TableName, Key: Object.fromEntries(this.keys.map((name) => [name, attributes[name]])) },
      Query: {
        TableName,
        KeyConditionExpression: '#key = :key',
        ExpressionAttributeNames: { '#key': partitionKey },
        ExpressionAttributeValues: { ':key': attributes[partitionKey] },
      },
    };
    for (const [operation, read] of Object.entries(reads)) {
      const body = JSON.stringify({ ...read, ConsistentRead: true });
      const own = {
        'x-amz-target': `DynamoDB_20120810.${operation}`,
        'content-length': String(Buffer.byteLength(body)),
      };
      this.stale.set(nameOf(operation, read), (await this.ask({ ...headers, ...own }, body)).body);
    }
  }

  private ask(headers: IncomingMessage['headers'], body: string): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const call = httpRequest(
        urlOf(this.database),
        { method: 'POST', headers, agent: false },
        (response) => {
          textOf(response).then(
            (text) => resolve({ status: response.statusCode ?? 500, headers: response.headers, body: text }),
            reject,
          );
        },
      );
      call.on('error', reject);
      call.end(body);
    });
  }
}

/** Names a read by what it asks for. */
function nameOf(operation: string, input: Input): string {
  const values = Object.values((input['ExpressionAttributeValues'] ?? {}) as Input);
  return JSON.stringify([operation, operation === 'Query' ? values : input['Key']]);
}

function send(response: ServerResponse, { status, body }: Answer): void {
  response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' }).end(body);
}

async function listening(server: Server): Promise<Server> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

function urlOf(server: Server): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function textOf(stream: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of stream) text += String(chunk);
  return text;
}
