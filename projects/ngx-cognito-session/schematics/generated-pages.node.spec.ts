import type { UnitTestTree } from '@angular-devkit/schematics/testing';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { newApp, run } from './testing-support/virtual-app';

/**
 * What the schematics create, as files of this workspace: lint checks them, and their tests run with all others. After a change of a template
 * `ACCEPT_GENERATED=1 npx jest generated-pages` writes them anew.
 */
const folder = resolve('projects/ngx-cognito-session/schematics/testing-support/generated');

const generatedIn = (tree: UnitTestTree): ReadonlyMap<string, string> =>
  new Map(
    tree.files
      .filter((path) => /^\/src\/(app\/(account|sign-in|cognito|[\w-]+-guard)\b|server-sessions)/.test(path))
      .map((path) => [path.replace(/^\/src\/(app\/)?/, ''), tree.readText(path)]),
  );

function acceptedIn(name: string): ReadonlyMap<string, string> {
  if (!existsSync(resolve(folder, name))) return new Map();
  const files = readdirSync(resolve(folder, name), { recursive: true, withFileTypes: true });
  return new Map(
    files
      .filter((entry) => entry.isFile())
      .map((entry) => resolve(entry.parentPath, entry.name))
      .map((path) => [path.slice(resolve(folder, name).length + 1), readFileSync(path, 'utf8')]),
  );
}

function accept(name: string, files: ReadonlyMap<string, string>): void {
  for (const [path, text] of files) {
    const target = resolve(folder, name, path);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, text);
  }
}

const sorted = (files: ReadonlyMap<string, string>) => Object.fromEntries([...files].sort());

describe('the pages that schematics create', () => {
  it.each([
    ['managed-login', 'ng-add', { signIn: 'managed-login' }],
    ['form', 'ng-add', { signIn: 'form' }],
    ['server-session', 'ng-add', { signIn: 'server-session' }],
    ['group-guard', 'guard', { name: 'admins', group: ['admins', 'owners'], denied: '/no-access' }],
    ['session-guard', 'guard', { name: 'verified' }],
  ])('are those that lint and the tests have seen: %s', async (name, schematic, options) => {
    const { tree } = await run(schematic, options, await newApp({ ssr: name === 'server-session' }));
    const generated = generatedIn(tree);

    if (process.env['ACCEPT_GENERATED'] === '1') accept(name, generated);

    expect(generated.size).toBeGreaterThan(1);
    expect(sorted(generated)).toEqual(sorted(acceptedIn(name)));
  });
});
