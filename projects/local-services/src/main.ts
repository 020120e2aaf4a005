import { startEmulator } from 'cognito-emulator';
import { parseArgs } from 'node:util';
import { announcement } from '../../cognito-emulator/src/cli/announcement';
import {
  clientChange,
  readConfig,
  RUN_OPTIONS,
  wholeNumber,
} from '../../cognito-emulator/src/cli/run-options';
import { startLocalS3 } from './s3/start-local-s3';
import { startSampleApi } from './sample-api/start-sample-api';

const OPTIONS = {
  ...RUN_OPTIONS,
  'api-port': { type: 'string', default: '9230' },
  's3-port': { type: 'string', default: '9231' },
} as const;

/** Runs emulator, sample API and local S3 until Ctrl+C. */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: OPTIONS });
  const config = await readConfig(values);
  const emulator = await startEmulator(config);
  emulator.configure(clientChange(values));
  const api = await startSampleApi({ emulator, port: wholeNumber(values['api-port']) ?? 0 });
  const s3 = await startLocalS3({ emulator, port: wholeNumber(values['s3-port']) ?? 0 });
  for (const line of announcement(emulator, config)) console.log(line);
  console.log(`Local S3          ${s3.url}/${s3.bucket}`);
  console.log(`Sample API        ${api.url}/api/hello`);
  const stop = () => void Promise.all([emulator.close(), api.close(), s3.close()]);
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
