import { startEmulator } from 'cognito-emulator';
import { APPS, type AppName, type Surroundings } from './apps';
import { ChildProgram } from './child-program';
import { Load } from './load';
import { summarize, type Summary } from '../statistics';
import type { RequestResult } from './results';
import type { ServeTask } from './serve';

const ROUNDS = 7;
const SESSIONS = 20;
/** Requests of one turn. A local DynamoDB is slow. */
const REQUESTS = (app: AppName): number => (app.endsWith('DynamoDB') ? 300 : 1500);

interface RunningApp {
  readonly name: AppName;
  readonly program: ChildProgram;
  readonly load: Load;
  readonly cookies: readonly string[];
}

/** Requests with valid sessions: each app in a process of its own, all of them in turn. */
export async function measureRequests(): Promise<readonly RequestResult[]> {
  const users = [{ username: 'alice', password: 'Correct-horse-1' }];
  const emulator = await startEmulator({ pools: [{ clients: [{ clientId: 'client1' }], users }] });
  const database = new ChildProgram('local-dynamodb.ts');
  const apps: RunningApp[] = [];
  try {
    const surroundings: Surroundings = {
      dynamoDb: await database.next<string>(),
      sessions: {
        userPoolId: emulator.userPoolId,
        clientId: emulator.clientId,
        appOrigin: 'https://app.example.com',
        endpoint: emulator.url,
        jwks: (await (await fetch(emulator.jwksUrl)).json()) as { keys: object[] },
        environment: {},
      },
    };
    for (const name of APPS) {
      const program = new ChildProgram('serve.ts');
      const task: ServeTask = { app: name, surroundings };
      const load = new Load(await program.ask<number>(task));
      const cookies: string[] = [];
      while (cookies.length < SESSIONS) cookies.push(await load.signIn(await emulator.signIn('alice')));
      apps.push({ name, program, load, cookies });
    }
    return await takeTurns(apps);
  } finally {
    for (const { program, load } of apps) {
      load.close();
      program.end();
    }
    database.end();
    await emulator.close();
  }
}

async function takeTurns(apps: readonly RunningApp[]): Promise<readonly RequestResult[]> {
  const rounds = apps.map(() => ({ perSecond: Array<number>(), cpuUs: Array<number>() }));
  // In the first round the engine has not optimised the code yet.
  for (let round = 0; round <= ROUNDS; round++)
    for (const [at, { name, program, load, cookies }] of apps.entries()) {
      const requests = REQUESTS(name);
      const isExpected = (body: string) =>
        name === 'no session' ? body !== '' : /^\{"username":"alice","token":\d{3,}\}$/.test(body);
      const cpuBefore = await program.ask<number>('cpu');
      const ms = await load.run(requests, cookies, isExpected);
      const cpu = (await program.ask<number>('cpu')) - cpuBefore;
      if (round === 0) continue;
      rounds[at]?.perSecond.push((1000 * requests) / ms);
      rounds[at]?.cpuUs.push(cpu / requests);
    }
  return apps.map(({ name, cookies }, at) => ({
    app: name,
    perSecond: rounded(rounds[at]?.perSecond ?? []),
    cpuUs: rounded(rounds[at]?.cpuUs ?? []),
    cookieBytes: cookies[0]?.length ?? 0,
  }));
}

function rounded(values: readonly number[]): Summary {
  const { median, min, max } = summarize(values);
  return { median: Math.round(median), min: Math.round(min), max: Math.round(max) };
}
