import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Consumer } from '../compat/consumers';
import { isAtLeast } from '../compat/is-at-least';
import { pinnedManifest, type Manifest } from '../compat/pinned-manifest';
import { runProgram } from '../gate/run-command';
import { mustPass } from '../package-check/must-pass';
import { packLibrary } from '../package-check/pack-library';
import { publishedServerFolder } from '../published-package';
import { root } from '../workspace';
import type { AppKind } from './kinds';

const CLI = 'node_modules/@angular/cli/bin/ng.js';
const INSTALL = ['install', '--prefer-offline', '--no-audit', '--no-fund'];

/** An Angular CLI that makes apps, the Node that it wants, and the packages. */
export interface Toolbox {
  readonly consumer: Consumer;
  readonly folder: string;
  readonly node: string;
  readonly tarball: string;
  readonly serverTarball: string;
}

const readManifest = (folder: string): Manifest =>
  JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;

const writeManifest = (folder: string, manifest: object): void =>
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest, null, 2));

const install = (folder: string): Promise<string> =>
  mustPass('npm install', runProgram('npm', INSTALL, { cwd: folder }));

/** Installs the CLI of an Angular version as developers have it, in a folder of its own. */
export async function makeToolbox(folder: string, consumer: Consumer): Promise<Toolbox> {
  const needsNode = !isAtLeast(process.versions.node, consumer.minimalNode);
  const tools = join(folder, 'tools');
  mkdirSync(tools);
  writeManifest(tools, {
    private: true,
    devDependencies: { '@angular/cli': consumer.angular, ...(needsNode && { node: consumer.node }) },
    overrides: readManifest(root).overrides,
  });
  await install(tools);
  const server = join(folder, 'server');
  mkdirSync(server);
  return {
    consumer,
    folder,
    node: needsNode ? resolve(tools, 'node_modules/node/bin/node') : process.execPath,
    tarball: join(folder, await packLibrary(folder)),
    serverTarball: join(server, await packLibrary(server, publishedServerFolder)),
  };
}

/** Runs the `ng` of an app; returns what it prints. */
export function ng({ node }: Toolbox, folder: string, ...args: readonly string[]): Promise<string> {
  const run = runProgram(node, [resolve(folder, CLI), ...args], { cwd: folder });
  return mustPass(`ng ${args.join(' ')}`, run);
}

/** An app by `ng new`, with its packages from npm. */
export async function makeApp(
  toolbox: Toolbox,
  { name, newFlags, signIn, testsNeedJit = false }: AppKind,
): Promise<string> {
  const { consumer, folder, node, serverTarball } = toolbox;
  const args = ['new', name, '--defaults', '--skip-git', '--skip-install', '--ai-config=none', ...newFlags];
  const run = runProgram(node, [resolve(folder, 'tools', CLI), ...args], { cwd: folder });
  await mustPass(`ng ${args.join(' ')}`, run);
  const app = join(folder, name);
  const manifest = pinnedManifest(readManifest(app), consumer, readManifest(root));
  // `ng add` would take it from npm.
  const own = signIn === 'server-session' ? { 'cognito-server-session': `file:${serverTarball}` } : {};
  writeManifest(app, { ...manifest, dependencies: { ...manifest.dependencies, ...own } });
  await install(app);
  const aot = `projects.${name}.architect.build.configurations.development.aot`;
  if (testsNeedJit) await ng(toolbox, app, 'config', aot, 'false');
  return app;
}
