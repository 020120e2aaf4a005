import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import type { ClientChange } from './config/change';
import { DEFAULT_USER, type EmulatorConfig, type UserConfig } from './config/emulator-config';
import type { Emulator } from './emulator';
import type { SampleApi } from './sample-api/sample-api';
import type { LocalS3 } from './s3/local-s3';
import { startLocalS3 } from './s3/start-local-s3';
import { startSampleApi } from './sample-api/start-sample-api';
import { startEmulator } from './start-emulator';

const OPTIONS = {
  port: { type: 'string', default: '9229' },
  'api-port': { type: 'string', default: '9230' },
  's3-port': { type: 'string', default: '9231' },
  /** An `EmulatorConfig` as JSON: pools, clients, users. */
  config: { type: 'string' },
  rotation: { type: 'boolean', default: false },
  'grace-seconds': { type: 'string' },
  'access-seconds': { type: 'string' },
  'refresh-seconds': { type: 'string' },
} as const;

/** Runs emulator, sample API and local S3 until Ctrl+C. */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: OPTIONS });
  const config = values.config === undefined ? {} : await readConfig(values.config);
  const emulator = await startEmulator({ ...config, port: seconds(values.port) ?? 0 });
  emulator.configure(clientChange(values));
  const api = await startSampleApi({ emulator, port: seconds(values['api-port']) ?? 0 });
  const s3 = await startLocalS3({ emulator, port: seconds(values['s3-port']) ?? 0 });
  announce(emulator, api, s3, config.pools?.[0]?.users?.[0] ?? DEFAULT_USER);
  const stop = () => void Promise.all([emulator.close(), api.close(), s3.close()]);
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
}

async function readConfig(path: string): Promise<EmulatorConfig> {
  return JSON.parse(await readFile(path, 'utf8')) as EmulatorConfig;
}

function clientChange(values: Readonly<Record<string, string | boolean | undefined>>): ClientChange {
  const access = seconds(values['access-seconds']);
  const refresh = seconds(values['refresh-seconds']);
  const grace = seconds(values['grace-seconds']);
  return {
    ...(values['rotation'] === true ? { rotation: true } : {}),
    ...(grace === undefined ? {} : { graceSeconds: grace }),
    ...(access === undefined ? {} : { accessTokenSeconds: access, idTokenSeconds: access }),
    ...(refresh === undefined ? {} : { refreshTokenSeconds: refresh }),
  };
}

function seconds(value: string | boolean | undefined): number | undefined {
  if (value === undefined) return undefined;
  const number = Number(value);
  if (!Number.isInteger(number) || number < 0) throw new Error(`Not a whole number: ${value}`);
  return number;
}

function announce(emulator: Emulator, api: SampleApi, s3: LocalS3, user: UserConfig): void {
  console.log(`Cognito endpoint  ${emulator.url}`);
  console.log(`Region            ${emulator.region}`);
  console.log(`User pool         ${emulator.userPoolId}`);
  console.log(`App client        ${emulator.clientId}`);
  console.log(`Identity pool     ${emulator.identityPoolId}`);
  console.log(`User              ${user.username} / ${user.password}`);
  console.log(`Local S3          ${s3.url}/${s3.bucket}`);
  console.log(`Sample API        ${api.url}/api/hello`);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
