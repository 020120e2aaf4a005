import { startEmulator } from 'cognito-emulator';
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Consumer } from '../compat/consumers';
import { servePages } from '../package-check/serve-pages';
import { serveRendered } from '../package-check/serve-rendered';
import { timed } from '../package-check/timed';
import { browse } from './browse';
import type { AppKind } from './kinds';
import { checkOf } from './options';
import { makeApp, makeToolbox, ng, type Toolbox } from './toolbox';

interface Served {
  readonly url: string;
  close(): void | Promise<void>;
}

/** The production build of an app: its pages, or its own server. */
function serve(app: string, { name, isRendered }: AppKind): Promise<Served> {
  const built = join(app, 'dist', name);
  return isRendered ? serveRendered(join(built, 'server/server.mjs')) : servePages(join(built, 'browser'));
}

/** A second run must not touch what the first one has written. */
async function expectNoChange(toolbox: Toolbox, app: string, flags: readonly string[]): Promise<void> {
  const output = await ng(toolbox, app, 'add', 'ngx-cognito-session', ...flags);
  if (/^(?:CREATE|UPDATE|Changed:)/m.test(output) || !output.includes('provides a session already'))
    throw new Error(`ng add has changed something the second time:\n${output}`);
}

async function checkApp(toolbox: Toolbox, kind: AppKind): Promise<void> {
  const title = `Angular ${toolbox.consumer.angular}, ${kind.name}`;
  const app = await timed(`${title}: ng new`, makeApp(toolbox, kind));
  const emulator = await startEmulator();
  try {
    const flags = [
      ...['--skip-confirmation', '--defaults', '--endpoint', emulator.url, '--sign-in', kind.signIn],
      ...kind.addFlags,
    ];
    await timed(`${title}: ng add`, ng(toolbox, app, 'add', toolbox.tarball, ...flags));
    await expectNoChange(toolbox, app, flags);
    await ng(toolbox, app, 'generate', 'ngx-cognito-session:sign-in', 'welcome');
    await ng(toolbox, app, 'generate', 'ngx-cognito-session:guard', 'admins', '--group', 'admins');
    await timed(`${title}: ng test`, ng(toolbox, app, 'test', '--no-watch'));
    await timed(`${title}: ng build`, ng(toolbox, app, 'build'));
    const server = await serve(app, kind);
    try {
      await timed(`${title}: browse`, browse(server.url, kind.signIn));
    } finally {
      await server.close();
    }
  } finally {
    await emulator.close();
  }
}

async function checkConsumer(consumer: Consumer, kinds: readonly AppKind[]): Promise<void> {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), 'ng-add-'));
  try {
    const toolbox = await timed(`Angular ${consumer.angular}: the CLI`, makeToolbox(folder, consumer));
    for (const kind of kinds) {
      await checkApp(toolbox, kind);
      rmSync(join(folder, kind.name), { recursive: true, force: true });
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Runs `ng add` in new apps with packages from npm, then their tests and their build, and signs in with a browser. */
async function main(): Promise<void> {
  const { consumers, kinds } = checkOf(process.argv.slice(2));
  for (const consumer of consumers) await checkConsumer(consumer, kinds);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
