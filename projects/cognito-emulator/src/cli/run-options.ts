import { readFile } from 'node:fs/promises';
import type { ClientChange, EmulatorServerConfig } from 'cognito-emulator';
import { checkConfig } from './check-config';

/** The options of the command, for `parseArgs`. */
export const RUN_OPTIONS = {
  port: { type: 'string' },
  /** An `EmulatorServerConfig` as JSON: pools, clients, users. */
  config: { type: 'string' },
  rotation: { type: 'boolean', default: false },
  'grace-seconds': { type: 'string' },
  'access-seconds': { type: 'string' },
  'refresh-seconds': { type: 'string' },
} as const;

/** What `parseArgs` makes of them. */
export type RunValues = Readonly<Record<string, string | boolean | undefined>>;

/** The configuration of the file, with the port of the options. */
export async function readConfig(values: RunValues): Promise<EmulatorServerConfig> {
  const path = values['config'];
  const config = typeof path === 'string' ? parseConfig(path, await readFile(path, 'utf8')) : {};
  return { ...config, port: wholeNumber(values['port']) ?? config.port ?? DEFAULT_PORT };
}

const DEFAULT_PORT = 9229;

/** What is wrong is said with the name of the file. */
export function parseConfig(path: string, text: string): EmulatorServerConfig {
  try {
    return checkConfig(JSON.parse(text));
  } catch (error) {
    throw new Error(`${path}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}

/** What the options say of the first client. */
export function clientChange(values: RunValues): ClientChange {
  const access = wholeNumber(values['access-seconds']);
  const refresh = wholeNumber(values['refresh-seconds']);
  const grace = wholeNumber(values['grace-seconds']);
  return {
    ...(values['rotation'] === true ? { rotation: true } : {}),
    ...(grace === undefined ? {} : { graceSeconds: grace }),
    ...(access === undefined ? {} : { accessTokenSeconds: access, idTokenSeconds: access }),
    ...(refresh === undefined ? {} : { refreshTokenSeconds: refresh }),
  };
}

export function wholeNumber(value: string | boolean | undefined): number | undefined {
  if (value === undefined) return undefined;
  const number = Number(value);
  if (value === '' || !Number.isInteger(number) || number < 0)
    throw new Error(`Not a whole number: ${value}`);
  return number;
}
