import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { root } from '../workspace';

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly overrides: Readonly<Record<string, unknown>>;
}

const manifestOf = (folder: string) =>
  JSON.parse(readFileSync(resolve(root, folder, 'package.json'), 'utf8')) as Manifest;

describe('the template of the fresh app', () => {
  const workspace = manifestOf('.');
  const template = manifestOf('tools/package-check/template');

  it('uses the versions that the workspace is tested with', () => {
    const wanted = { ...template.dependencies, ...template.devDependencies };

    expect(workspace.devDependencies).toEqual(expect.objectContaining(wanted));
    expect(template.overrides).toEqual(workspace.overrides);
  });

  it('does not bring the library along: the packed one is installed', () => {
    expect(Object.keys({ ...template.dependencies })).not.toContain('ngx-cognito-session');
  });
});
