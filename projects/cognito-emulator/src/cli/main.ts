#!/usr/bin/env node
import { startEmulator } from 'cognito-emulator';
import { parseArgs } from 'node:util';
import { announcement } from './announcement';
import { clientChange, readConfig, RUN_OPTIONS } from './run-options';

const HELP = `Runs a local Amazon Cognito until Ctrl+C.

  --port <number>             where it listens on 127.0.0.1 (9229; 0: any free port)
  --config <file>             pools, clients and users, as JSON
  --rotation                  refreshing replaces the refresh token
  --grace-seconds <number>    how long a replaced refresh token is still accepted (0)
  --access-seconds <number>   lifetime of access and ID tokens (3600)
  --refresh-seconds <number>  lifetime of a session (30 days)
  --help                      this text`;

/** Runs the emulator until Ctrl+C. */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { ...RUN_OPTIONS, help: { type: 'boolean', default: false } } });
  if (values.help) {
    console.log(HELP);
    return;
  }
  const change = clientChange(values);
  const config = await readConfig(values);
  const emulator = await startEmulator(config);
  emulator.configure(change);
  for (const line of announcement(emulator, config)) console.log(line);
  const stop = () => void emulator.close();
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
