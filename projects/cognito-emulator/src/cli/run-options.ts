import { readFile } from 'node:fs/promises';
import type { ClientChange, EmulatorConfig } from 'cognito-emulator';

/** The options of the command, for `parseArgs`. */
export const RUN_OPTIONS = {
  port: { type: 'string', default: '9229' },
  /** An `EmulatorConfig` as JSON: pools, clients, users. */
  config: { type: 'string' },
  rotation: { type: 'boolean', default: false },
  'grace-seconds': { type: 'string' },
  'access-seconds': { type: 'string' },
  'refresh-seconds': { type: 'string' },
} as const;

/** What `parseArgs` makes of them. */
export type RunValues = Readonly<Record<string, string | boolean | undefined>>;

export async function readConfig(path: string | undefined): Promise<EmulatorConfig> {
  return path === undefined ? {} : (JSON.parse(await readFile(path, 'utf8')) as EmulatorConfig);
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
  if (!Number.isInteger(number) || number < 0) throw new Error(`Not a whole number: ${value}`);
  return number;
}
