import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  createServerSessions,
  type ServerSessions,
  type ServerSessionsOptions,
} from 'cognito-server-session';
import { DynamoDbSessionStore } from 'cognito-server-session/dynamodb';

/** What a process is started with. */
export interface ProcessTask {
  /** How many instances it hosts. They share nothing but the process. */
  readonly instances: number;
  readonly cookie: string;
  readonly now: number;
  readonly table: { readonly endpoint: string; readonly tableName: string; readonly sortKey: string };
  readonly options: Omit<ServerSessionsOptions, 'store'>;
  /** Where each instance stops. After its read it goes on with the others; at the other places it stays. */
  readonly stopsAfter: 'read' | 'claim' | 'answer';
}

/** What a process reports: one instance has stopped, or its request has ended. */
export type ProcessReport =
  | { readonly type: 'stopped' }
  | { readonly type: 'ended'; readonly accessToken: string | null }
  | { readonly type: 'failed'; readonly error: string };

/** Real time between two reads. The clock of the test stands still, so limits never pass. */
const POLL_MS = 20;
const LIMIT_MS = 1000;

const report = (message: ProcessReport) => process.send?.(message);

process.once('message', (task: ProcessTask) => {
  const goesOn = new Promise<void>((go) => process.once('message', () => go()));
  const stop = () => {
    report({ type: 'stopped' });
    return goesOn;
  };
  for (let started = 0; started < task.instances; started++) void serve(task, stop);
});
process.once('disconnect', () => process.exit());

/** One request on an instance of its own. */
async function serve(task: ProcessTask, stop: () => Promise<void>): Promise<void> {
  try {
    const headers = { cookie: task.cookie };
    const session = await instance(task, stop).get(new Request('https://app.example.com/', { headers }));
    report({ type: 'ended', accessToken: session && (await session.accessToken()) });
  } catch (error) {
    report({ type: 'failed', error: String(error) });
  }
}

function instance(
  { table, options, now, stopsAfter }: ProcessTask,
  stop: () => Promise<void>,
): ServerSessions {
  const client = new DynamoDBClient({
    endpoint: table.endpoint,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'x', secretAccessKey: 'x' },
  });
  const store = new DynamoDbSessionStore({ tableName: table.tableName, sortKey: table.sortKey, client });
  const [read, update] = [store.read.bind(store), store.update.bind(store)];
  if (stopsAfter === 'read') store.read = firstCall(read, stop);
  if (stopsAfter === 'claim') store.update = firstCall(update, stop);
  return createServerSessions({
    ...options,
    store,
    now: () => now,
    wait: (ms) =>
      new Promise((resolve) => {
        if (ms < LIMIT_MS) setTimeout(resolve, POLL_MS);
      }),
    fetch: stopsAfter === 'answer' ? firstCall(fetch, stop) : fetch,
  });
}

/** The function, which waits behind its first call. */
function firstCall<A extends unknown[], R>(
  call: (...args: A) => Promise<R>,
  stop: () => Promise<void>,
): (...args: A) => Promise<R> {
  let isFirst = true;
  return async (...args) => {
    const isHeld = isFirst;
    isFirst = false;
    const result = await call(...args);
    if (isHeld) await stop();
    return result;
  };
}
