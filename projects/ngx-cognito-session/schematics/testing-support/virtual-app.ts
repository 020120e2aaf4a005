import { SchematicTestRunner, UnitTestTree } from '@angular-devkit/schematics/testing';
import { resolve } from 'node:path';

const angular = new SchematicTestRunner(
  '@schematics/angular',
  resolve('node_modules/@schematics/angular/collection.json'),
);

export interface VirtualApp {
  readonly standalone?: boolean;
  readonly zoneless?: boolean;
  readonly ssr?: boolean;
  readonly routing?: boolean;
}

const made = new Map<string, Promise<UnitTestTree>>();

/** What `ng new app` writes, in memory, with the library that `ng add` installs before its schematic runs. */
export async function newApp(app: VirtualApp = {}): Promise<UnitTestTree> {
  const key = JSON.stringify(app);
  const original = made.get(key) ?? makeApp(app);
  made.set(key, original);
  return new UnitTestTree((await original).branch());
}

async function makeApp(app: VirtualApp): Promise<UnitTestTree> {
  const { standalone = true, zoneless = true, ssr = false, routing = true } = app;
  const workspace = await angular.runSchematic('workspace', { name: 'app', version: '21.2.24' });
  const tree = await angular.runSchematic(
    'application',
    { name: 'app', projectRoot: '', standalone, zoneless, ssr, routing, style: 'css', skipInstall: true },
    workspace,
  );
  const manifest = tree.readText('package.json');
  tree.overwrite(
    'package.json',
    manifest.replace('"dependencies": {', '"dependencies": {\n    "ngx-cognito-session": "^0.1.0",'),
  );
  return tree;
}

/** The environments of `ng generate environments`. */
export const withEnvironments = (tree: UnitTestTree): Promise<UnitTestTree> =>
  angular.runSchematic('environments', { project: 'app' }, tree);

export interface Ran {
  readonly tree: UnitTestTree;
  /** What the user reads. */
  readonly output: string;
  /** The tasks that follow, such as an installation of packages. */
  readonly tasks: readonly string[];
}

/** Runs a schematic of the library. */
export async function run(name: string, options: object, tree: UnitTestTree): Promise<Ran> {
  const runner = new SchematicTestRunner(
    'ngx-cognito-session',
    resolve('projects/ngx-cognito-session/schematics/collection.json'),
  );
  const lines: string[] = [];
  runner.logger.subscribe(({ message }) => lines.push(message));
  const result = await runner.runSchematic(name, options, tree);
  return { tree: result, output: lines.join('\n'), tasks: runner.tasks.map((task) => task.name) };
}

/** All files of a tree, by their paths. */
export const contentsOf = (tree: UnitTestTree): Readonly<Record<string, string>> =>
  Object.fromEntries(tree.files.map((path) => [path, tree.read(path)?.toString('latin1') ?? '']));
