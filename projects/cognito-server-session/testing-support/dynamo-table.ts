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
  /** Items as they were before the last write, by their keys: what a read that is not consistent may still give. */
  private readonly stale = new Map<string, unknown>();
  private readonly clients: DynamoDBClient[] = [];

  private constructor(
    private readonly database: Server,
    private readonly proxy: Server,
  ) {}

  static async start(
    keys: { readonly partitionKey?: string; readonly sortKey?: string } = {},
  ): Promise<DynamoTable> {
    const database = await listening(dynalite({ createTableMs: 0 }));
    const proxy = await listening(createServer());
    const table = new DynamoTable(database, proxy);
    proxy.on('request', (request, response) => {
      // The client may be gone: a test ends processes while they wait.
      table.pass(request, response).catch(() => response.destroy());
    });
    await table.create(keys.partitionKey ?? 'sub', keys.sortKey);
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

  private async create(partitionKey: string, sortKey: string | undefined): Promise<void> {
    const names = sortKey === undefined ? [partitionKey] : [partitionKey, sortKey];
    await this.client().send(
      new CreateTableCommand({
        TableName: this.tableName,
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: names.map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
        KeySchema: names.map((AttributeName, at) => ({
          AttributeName,
          KeyType: at === 0 ? 'HASH' : 'RANGE',
        })),
      }),
    );
  }

  private async pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await textOf(request);
    const operation = String(request.headers['x-amz-target']).split('.')[1] ?? '';
    const input = JSON.parse(body) as Record<string, unknown>;
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
    const key = JSON.stringify(input['Key'] ?? null);
    if (operation === 'GetItem' && input['ConsistentRead'] !== true && this.stale.has(key)) {
      send(response, { status: 200, headers: {}, body: JSON.stringify(this.stale.get(key)) });
      return;
    }
    if (operation === 'UpdateItem' || operation === 'DeleteItem') await this.remember(request, key, input);
    const answer = await this.ask(request.headers, body);
    if (fault === 'appliedThenReset') response.socket?.destroy();
    else send(response, answer);
  }

  private async remember(
    request: IncomingMessage,
    key: string,
    input: Record<string, unknown>,
  ): Promise<void> {
    const read = JSON.stringify({ TableName: input['TableName'], Key: input['Key'], ConsistentRead: true });
    const target = {
      'x-amz-target': 'DynamoDB_20120810.GetItem',
      'content-length': String(Buffer.byteLength(read)),
    };
    this.stale.set(key, JSON.parse((await this.ask({ ...request.headers, ...target }, read)).body));
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
