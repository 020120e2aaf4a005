import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import dynalite from 'dynalite';
import type { AddressInfo } from 'node:net';
import { PEER_TABLE, SORT_KEY, TABLE } from './apps';

/** A DynamoDB in a process of its own. Sends its address to the process that has started it. */
async function main(): Promise<void> {
  const server = dynalite({ createTableMs: 0 });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  await createTables(url);
  process.send?.(url);
}

async function createTables(endpoint: string): Promise<void> {
  const client = new DynamoDBClient({
    endpoint,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'x', secretAccessKey: 'x' },
  });
  for (const [TableName, names] of [
    [TABLE, ['sub', SORT_KEY]],
    [PEER_TABLE, ['id']],
  ] as const)
    await client.send(
      new CreateTableCommand({
        TableName,
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: names.map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
        KeySchema: names.map((AttributeName, at) => ({
          AttributeName,
          KeyType: at === 0 ? 'HASH' : 'RANGE',
        })),
      }),
    );
  client.destroy();
}

process.once('disconnect', () => process.exit());
main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
