import { endAllCommands } from '../../../tools/gate/run-command';
import { buildIfStale } from './build-if-stale';
import { startDemoServer } from './demo-server';
import { freePort } from './free-port';
import { startLocalBackend, type LocalBackend } from './local-backend';
import { asksForHelp, readOptions, USAGE, type PoolChoice } from './options';
import { watchParent } from './parent-watch';
import { TARGETS } from './stale-builds';
import { useUserPool, type UserPoolBackend } from './user-pool-backend';

const say = (line: string) => console.log(line);

const startBackend = (pool: PoolChoice) =>
  pool.kind === 'emulator' ? startLocalBackend(pool.tokenSeconds) : useUserPool(pool);

/** The local Cognito, which the page may see. */
const emulatorOf = (backend: LocalBackend | UserPoolBackend) =>
  'emulator' in backend ? { emulator: backend.emulator } : {};

/** What has to be closed, last opened first. */
const open: (() => Promise<void>)[] = [];
const stopping = new AbortController();
const isStopped = () => stopping.signal.aborted;

/**
 * A terminal tells every process of the group and npm passes it on: the second signal is the first one again, and it may come
 * late. A process that runs out of work gives its handlers up first and can die of it; `process.exit` keeps them to the end.
 */
async function stop(): Promise<void> {
  if (isStopped()) return;
  stopping.abort();
  say('Stopping the demo and everything that it has started.');
  endAllCommands();
  await closeAll();
  process.exit();
}

async function closeAll(): Promise<void> {
  for (let close = open.pop(); close !== undefined; close = open.pop()) await close();
}

async function main(): Promise<void> {
  const args = process.argv.slice(2);
  if (asksForHelp(args)) {
    say(USAGE);
    return;
  }
  const options = readOptions(args, process.env);
  if (options.build) await buildIfStale(TARGETS, say, isStopped);
  if (isStopped()) return;

  const backend = await startBackend(options.pool);
  open.push(() => backend.close());
  const port = await freePort(options.port);
  const server = await startDemoServer(backend.config, { port, ...emulatorOf(backend) });
  open.push(() => server.close());
  // The signal may have come while this was starting.
  if (isStopped()) return closeAll();

  if (port !== options.port)
    say(`Port ${options.port} is in use by another program: taking ${port} instead.`);
  say(`Demo           ${server.url}`);
  backend.notes.forEach(say);
  say('Ctrl+C         stops all of it');
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop());
// Only npm puts a shell in between.
if (process.env['npm_lifecycle_event'] !== undefined) watchParent(() => void stop());

main().catch(async (error: unknown) => {
  const isUsage =
    error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
  console.error(error instanceof Error ? error.message : error);
  if (isUsage) console.error(`\n${USAGE}`);
  process.exitCode = 1;
  await closeAll();
});
