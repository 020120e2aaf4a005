import { DEFAULT_USER } from 'cognito-emulator';
import { endAllCommands } from '../../../../tools/gate/run-command';
import { buildIfStale } from '../../../demo/start/build-if-stale';
import { watchParent } from '../../../demo/start/parent-watch';
import { ExampleServer } from './example-server';
import { TARGETS } from './targets';

/** Short enough that a refresh on the server can be watched. */
const TOKEN_SECONDS = 300;

const say = (line: string) => console.log(line);
const stopping = new AbortController();
const isStopped = () => stopping.signal.aborted;
let server: ExampleServer | undefined;

async function stop(): Promise<void> {
  if (isStopped()) return;
  stopping.abort();
  say('Stopping the example and everything that it has started.');
  endAllCommands();
  await server?.close();
  process.exit();
}

/** Builds what is not up to date, and starts the example with a local Cognito, DynamoDB and API. */
async function main(): Promise<void> {
  await buildIfStale(TARGETS, say, isStopped);
  if (isStopped()) return;
  server = await ExampleServer.start({
    settings: { accessTokenSeconds: TOKEN_SECONDS, idTokenSeconds: TOKEN_SECONDS },
    print: (text) => process.stdout.write(text),
  });
  const { emulator, api } = server.aws;
  say(`Example        ${server.url}`);
  say(`Sign in as     ${DEFAULT_USER.username} / ${DEFAULT_USER.password}`);
  say(`Local Cognito  ${emulator.url}  (${emulator.userPoolId}, tokens of ${TOKEN_SECONDS} s, rotation on)`);
  say(`Sample API     ${api.url}/api/hello`);
  say('Ctrl+C         stops all of it');
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop());
if (process.env['npm_lifecycle_event'] !== undefined) watchParent(() => void stop());

main().catch(async (error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
  await server?.close();
});
