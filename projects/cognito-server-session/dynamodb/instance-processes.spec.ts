import { InstanceProcesses } from '../testing-support/instance-processes';
import type { ProcessTask } from '../testing-support/instance-process';
import { DynamoTable } from '../testing-support/dynamo-table';
import { APP_ORIGIN, CLIENT_ID, requestWith, ServerApp } from '../testing-support/server-app';
import { DynamoDbSessionStore } from './dynamodb-session-store';

const isLong = process.env['LONG_TESTS'] === '1';
const sortKey = 'sid';

let table: DynamoTable;
let app: ServerApp;
let processes: InstanceProcesses | undefined;
let cookie: string;

/** A user is signed in, and a refresh is due. */
async function start(graceSeconds: number) {
  table = await DynamoTable.start({ sortKey });
  const store = new DynamoDbSessionStore({ tableName: table.tableName, client: table.client(), sortKey });
  app = await ServerApp.start({ store, settings: { graceSeconds }, rotationGraceSeconds: graceSeconds });
  cookie = await app.signIn();
  app.expireTokens();
}

/** Processes that host so many instances each. */
async function startProcesses(
  instances: readonly number[],
  stopsAfter: ProcessTask['stopsAfter'],
): Promise<InstanceProcesses> {
  const task = {
    stopsAfter,
    cookie,
    now: app.time.now(),
    table: { endpoint: table.url, tableName: table.tableName, sortKey },
    options: {
      userPoolId: app.emulator.userPoolId,
      clientId: CLIENT_ID,
      appOrigin: APP_ORIGIN,
      endpoint: app.emulator.url,
      environment: {},
    },
  };
  processes = await InstanceProcesses.start(instances.map((count) => ({ ...task, instances: count })));
  return processes;
}

afterEach(async () => {
  await processes?.kill();
  processes = undefined;
  await app.close();
  await table.close();
});

const isValid = (accessToken: string | null | undefined) =>
  app.emulator.accessTokenStatus(accessToken ?? '').isValid;

describe('instances in several processes', () => {
  const few: [number[], number][] = [[[13, 12], 0]];
  const many: [number[], number][] = [
    [[13, 12], 30],
    [Array<number>(10).fill(10), 0],
    [Array<number>(10).fill(10), 30],
    [Array<number>(4).fill(25), 0],
  ];

  it.each(isLong ? [...few, ...many] : few)(
    'that have all read the same row call Cognito once: %j, with a grace period of %i s',
    async (instances, graceSeconds) => {
      const count = instances.reduce((sum, each) => sum + each);
      await start(graceSeconds);
      const running = await startProcesses(instances, 'read');
      await running.stopped(count);
      expect(app.refreshCount()).toBe(0);

      const tokens = await running.tokens(count);

      expect(app.refreshCount()).toBe(1);
      expect(new Set(tokens).size).toBe(1);
      expect(isValid(tokens[0])).toBe(true);
    },
  );
});

describe('a process that is killed', () => {
  const afterClaim = ['after its claim', 'claim', 0] as const;
  const withAnswer = ['with an answer that it has not stored', 'answer', 30] as const;

  it.each(isLong ? [afterClaim, withAnswer] : [afterClaim])(
    '%s is taken over after ten seconds',
    async (_, stopsAfter, graceSeconds) => {
      await start(graceSeconds);
      const running = await startProcesses([1], stopsAfter);
      await running.stopped(1);
      await running.kill();
      app.time.advance(10_000);

      const session = await app.sessions.get(requestWith(cookie));

      expect(isValid(await session?.accessToken())).toBe(true);
      expect(app.refreshCount()).toBe(stopsAfter === 'claim' ? 1 : 2);
    },
  );
});
