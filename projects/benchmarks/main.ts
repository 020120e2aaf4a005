import { run as runDay } from './day/run';
import { installPeers } from './harness/install-peers';
import { readOptions, type Options } from './harness/options';
import { report } from './harness/save';
import { measureBytes } from './points/bytes';
import { run as runServer } from './server/run';

/** What is added to a build, beside other libraries. */
async function runBytes(options: Options<string>): Promise<void> {
  await installPeers();
  const tables = await measureBytes(options.peers);
  await report({ id: 'bytes', command: 'npm run bench', rounds: 1, tables }, options);
}

/** Runs what needs no browser. */
async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2), ['bytes', 'day', 'server']);
  if (options.parts.includes('bytes')) await runBytes(options);
  if (options.parts.includes('day')) await runDay(options);
  if (options.parts.includes('server')) await runServer(options);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
