import { startEmulator, DEFAULT_USER } from 'cognito-emulator';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { ensureChromium } from '../../../tools/browser/ensure-chromium';
import { root } from '../../../tools/workspace';
import { buildIfStale } from '../../demo/start/build-if-stale';
import type { Environment } from '../../demo/start/options';
import { PLAIN_APP_TARGETS } from '../support/plain-app';
import { AWS_RUN, missingVariables } from './chosen-pool';

interface ChosenPool {
  readonly environment: Environment;
  close(): Promise<void>;
}

/** `--local`: a local Cognito in the place of AWS. That is how this run is tested itself. */
async function choosePool(args: readonly string[]): Promise<ChosenPool> {
  if (!args.includes('--local')) return { environment: process.env, close: () => Promise.resolve() };
  const emulator = await startEmulator();
  emulator.configure({ rotation: true, graceSeconds: 30 });
  const { region, userPoolId, clientId, url } = emulator;
  return {
    environment: {
      ...process.env,
      COGNITO_REGION: region,
      COGNITO_USER_POOL_ID: userPoolId,
      COGNITO_CLIENT_ID: clientId,
      COGNITO_ENDPOINT: url,
      COGNITO_USERNAME: DEFAULT_USER.username,
      COGNITO_PASSWORD: DEFAULT_USER.password,
    },
    close: () => emulator.close(),
  };
}

/** Runs Playwright in the terminal of the caller; resolves with its exit code. */
async function runTests(environment: Environment, args: readonly string[]): Promise<number> {
  const script = resolve(root, 'node_modules/@playwright/test/cli.js');
  const options = ['test', '--config', 'projects/e2e/playwright.config.ts', ...args];
  const run = spawn(process.execPath, [script, ...options], {
    cwd: root,
    stdio: 'inherit',
    env: environment,
  });
  const [code] = (await once(run, 'close')) as [number | null];
  return code ?? 1;
}

async function main(): Promise<void> {
  const args = process.argv.slice(2);
  const pool = await choosePool(args);
  try {
    const missing = missingVariables(pool.environment);
    if (missing.length > 0)
      throw new Error(
        `A run against a user pool needs ${missing.join(', ')}. See CONTRIBUTING.md, Your own user pool.`,
      );
    await buildIfStale(PLAIN_APP_TARGETS, console.log, () => false);
    const variables = { ...pool.environment, [AWS_RUN]: '1', CHROMIUM_PATH: await ensureChromium() };
    process.exitCode = await runTests(
      variables,
      args.filter((arg) => arg !== '--local'),
    );
  } finally {
    await pool.close();
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
