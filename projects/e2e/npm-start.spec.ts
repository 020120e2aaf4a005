import { expect, leaks, test as base } from './support/leaks/watched-test';
import { startEmulator, type Emulator } from 'cognito-emulator';
import { createServer, type Server } from 'node:http';
import { DemoPage, USERNAME } from './support/demo-page';
import { NpmStart } from './support/npm-start';
import { redeem } from './support/redeem';
import { freePort } from '../demo/start/free-port';

interface Fixtures {
  /** Runs `npm start` and makes sure that nothing of it outlives the test. */
  start: (args: readonly string[], environment?: NodeJS.ProcessEnv) => NpmStart;
  /** A Cognito that `npm start` did not start: as far as it can tell, any user pool. */
  pool: Emulator;
}

const test = base.extend<Fixtures>({
  // Playwright reads the first parameter's pattern to find out what a fixture needs; this one needs nothing.
  // eslint-disable-next-line no-empty-pattern -- Playwright reads the fixtures from the pattern.
  start: async ({}, use) => {
    const started: NpmStart[] = [];
    leaks.allowOwnStores();
    await use((args, environment) => {
      const process = NpmStart.with(args, environment);
      started.push(process);
      return process;
    });
    for (const process of started) {
      process.kill();
      leaks.see('the output of npm start', process.output);
    }
  },
  // eslint-disable-next-line no-empty-pattern -- Playwright reads the fixtures from the pattern.
  pool: async ({}, use) => {
    const emulator = await startEmulator();
    leaks.guard(emulator);
    await use(emulator);
    await emulator.close();
  },
});

const poolVariables = ({ region, userPoolId, clientId, url }: Emulator) => ({
  COGNITO_REGION: region,
  COGNITO_USER_POOL_ID: userPoolId,
  COGNITO_CLIENT_ID: clientId,
  COGNITO_ENDPOINT: url,
});

async function listenAt(port: number): Promise<Server> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return server;
}

/**
 * Below the ports that the system gives to programs that connect: one of those can be gone before `npm start` asks for it.
 * No two tests that run at the same time look at the same ones.
 */
const portFor = (part: number): number => 21_000 + test.info().parallelIndex * 1000 + part * 100;

test('prints where the demo is and who may sign in, serves it, and ends with Ctrl+C', async ({ start }) => {
  const port = await freePort(portFor(1));
  const demo = start(['--port', String(port), '--token-seconds', '30']);

  const address = await demo.address();
  expect(address).toBe(`http://127.0.0.1:${port}`);
  await demo.printed(/Ctrl\+C/);
  expect(demo.output).toMatch(/alice \/ Correct-horse-1/);
  expect(demo.output).toContain('tokens of 30 s');

  const page = await fetch(`${address}/orders?status=open`);
  expect(page.status).toBe(200);
  expect(await page.text()).toContain('<app-root');
  const config = await fetch(`${address}/config.json`);
  expect(config.headers.get('Cache-Control')).toBe('no-store');
  expect(await config.json()).toMatchObject({
    region: 'eu-west-1',
    seededUsers: [{ username: 'alice' }, { username: 'bob' }, { username: 'carol' }],
    emulator: true,
  });
  expect((await fetch(`${address}/no-such-file.js`)).status).toBe(404);

  await demo.pressCtrlC();
  expect(demo.output.match(/^Stopping the demo/gm)).toHaveLength(1);
  // A process that has ended is listed until its parent asks for its exit code. For grandchildren that is the system's first process.
  await expect.poll(() => demo.hasOrphans()).toBe(false);
  expect(demo.output).not.toMatch(/Error|^\s+at /m);
  await expect(fetch(address)).rejects.toThrow();
});

test('takes the next free port when the wanted one is taken, says so, and ends with SIGTERM, too', async ({
  start,
}) => {
  const port = await freePort(portFor(5));
  const server = await listenAt(port);

  const demo = start(['--port', String(port)]);
  const address = await demo.address();

  expect(Number(new URL(address).port)).toBeGreaterThan(port);
  expect(demo.output).toContain(`Port ${port} is in use`);
  expect((await fetch(address)).status).toBe(200);
  await demo.terminate();
  expect(demo.output).toContain('Stopping the demo');
  await expect(fetch(address)).rejects.toThrow();
  await expect.poll(() => demo.hasOrphans()).toBe(false);
  server.close();
});

test('uses the user pool that the environment names', async ({ start, pool, page }) => {
  const process = start(['--port', String(await freePort(portFor(3)))], poolVariables(pool));
  const address = await process.address();
  await process.printed(/Ctrl\+C/);
  expect(process.output).toContain(`${pool.userPoolId} at ${pool.url}`);
  const { apiUrl } = (await (await fetch(`${address}/config.json`)).json()) as { readonly apiUrl: string };
  leaks.receiver(apiUrl);
  expect(process.output).toContain('Sign in as     any confirmed user of this pool');

  await page.goto(`${address}/sign-in`);
  await new DemoPage(page).submitCredentials();
  await page.getByRole('button', { name: 'Refresh now' }).click();
  await expect(page.getByTestId('refreshes')).toHaveText('1');
  await page.getByRole('link', { name: 'HTTP' }).click();
  await page.getByRole('button', { name: 'Call the API' }).click();
  await expect(page.getByRole('list', { name: 'Calls' })).toContainText('200');
  await page.getByRole('link', { name: 'Concurrency' }).click();
  await expect(page.getByRole('heading', { name: 'Needs the local Cognito' })).toBeVisible();
  await page.getByRole('button', { name: `Signed in as ${USERNAME}` }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Sign out' }).click();
  await pool.log.whenEnded('RevokeToken', 1);

  expect(pool.log.calls().map(({ operation, status }) => [operation, status])).toEqual(
    expect.arrayContaining([
      ['InitiateAuth', 200],
      ['GetTokensFromRefreshToken', 200],
      ['RevokeToken', 200],
    ]),
  );
  const refreshToken = pool.log.last('InitiateAuth')?.tokensOut.refresh ?? '';
  expect(await redeem(pool, refreshToken)).toEqual({ status: 400, type: 'NotAuthorizedException' });
  await process.pressCtrlC();
});

test('explains itself and ends without an error', async ({ start }) => {
  const process = start(['--help']);

  expect(await process.ended()).toBe(0);
  expect(process.output).toContain('--token-seconds');
  expect(process.output).not.toMatch(/error|Demo\s+http/i);
});

test('leaves the sample API out when the keys of the pool cannot be had', async ({ start, pool, page }) => {
  const variables = { ...poolVariables(pool), COGNITO_USER_POOL_ID: 'eu-west-1_Elsewhere' };
  const process = start(['--port', String(await freePort(portFor(4)))], variables);
  const address = await process.address();
  await process.printed(/Sample API\s+left out: .*HTTP 404/);

  await page.goto(`${address}/http`);

  await expect(page.getByText('No API is configured for this user pool.')).toBeVisible();
  await process.pressCtrlC();
});

test('a user pool that is half named is refused with what it lacks', { tag: '@long' }, async ({ start }) => {
  const process = start([], { COGNITO_REGION: 'eu-west-1' });

  expect(await process.ended()).toBe(1);
  expect(process.output).toContain('COGNITO_USER_POOL_ID and COGNITO_CLIENT_ID');
});
