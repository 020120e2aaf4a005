import { readFileSync, readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { root } from '../workspace';

const textOf = (path: string) => readFileSync(resolve(root, path), 'utf8');

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly private?: boolean;
  readonly exports?: object;
}

/** The packages that are published: they say what can be imported. */
const packages = readdirSync(resolve(root, 'projects'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .flatMap(({ name }) => {
    const path = `projects/${name}/package.json`;
    const hasManifest = readdirSync(resolve(root, 'projects', name)).includes('package.json');
    return hasManifest ? [{ path, manifest: JSON.parse(textOf(path)) as Manifest }] : [];
  })
  .filter(({ manifest }) => manifest.private !== true);

describe('a release', () => {
  it('is of all packages', () => {
    expect(packages.map(({ manifest }) => manifest.name).sort()).toEqual([
      'cognito-emulator',
      'cognito-server-session',
      'ngx-cognito-session',
    ]);
  });

  it('gives them one version', () => {
    const { plugins } = JSON.parse(textOf('tools/release/release-it.json')) as {
      readonly plugins: Readonly<Record<string, { readonly out?: readonly string[] }>>;
    };

    expect(new Set(packages.map(({ manifest }) => manifest.version)).size).toBe(1);
    expect([...(plugins['@release-it/bumper']?.out ?? [])].sort()).toEqual(
      packages.map(({ path }) => path).sort(),
    );
  });

  it('reaches apps with one ng update for all packages', () => {
    const manifest = JSON.parse(textOf('projects/ngx-cognito-session/package.json')) as {
      readonly 'ng-update': { readonly packageGroup?: readonly string[] };
    };

    expect([...(manifest['ng-update'].packageGroup ?? [])].sort()).toEqual(
      packages.map(({ manifest: { name } }) => name).sort(),
    );
  });

  it('publishes each', () => {
    const [, published = ''] = /package: \[(.*)\]/.exec(textOf('.github/workflows/release.yml')) ?? [];

    expect(published.split(', ').sort()).toEqual(packages.map(({ manifest }) => manifest.name).sort());
  });
});
