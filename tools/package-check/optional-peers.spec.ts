import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { PublishedManifest } from '../published-package';
import { peerCases } from './optional-peers';

const entry = (name: string) => ({ types: `./types/${name}.d.ts`, default: `./code/${name}.mjs` });

const manifest: PublishedManifest = {
  name: 'lib',
  version: '1.0.0',
  exports: { '.': entry('lib'), './sdk': entry('sdk'), './verify': entry('verify'), './both': entry('both') },
  peerDependenciesMeta: { '@aws/sdk': { optional: true }, verifier: { optional: true } },
};

describe('optional peers', () => {
  let folder: string;

  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'optional-peers-'))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  function write(files: Readonly<Record<string, string>>): void {
    const empty = ['lib', 'sdk', 'verify', 'both'].flatMap((name) => [
      `code/${name}.mjs`,
      `types/${name}.d.ts`,
    ]);
    for (const [path, text] of Object.entries({
      ...Object.fromEntries(empty.map((path) => [path, ''])),
      ...files,
    })) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
  }

  it('are left out one by one, with the entry points that do without', () => {
    write({
      'code/sdk.mjs': `const load = () => import('./sdk-chunk.mjs');`,
      'code/sdk-chunk.mjs': `export { Client } from "@aws/sdk/client";`,
      'types/verify.d.ts': `import type { Verifier } from 'verifier';`,
      'code/lib.mjs': `/** An example: import { a } from './no-file'; import '@aws/sdk'; */`,
      'code/both.mjs': `import { a } from 'lib/sdk';\nimport 'lib/verify';`,
    });

    expect(peerCases(manifest, folder)).toEqual([
      {
        peer: '@aws/sdk',
        others: ['verifier'],
        usable: ['lib', 'lib/verify'],
        unusable: ['lib/sdk', 'lib/both'],
      },
      {
        peer: 'verifier',
        others: ['@aws/sdk'],
        usable: ['lib', 'lib/sdk'],
        unusable: ['lib/verify', 'lib/both'],
      },
    ]);
  });

  it('are needed by something', () => {
    write({ 'code/sdk.mjs': `import '@aws/sdk';`, 'code/verify.mjs': `import 'verifier-of-others';` });

    expect(() => peerCases(manifest, folder)).toThrow('verifier is an optional peer, and nothing imports it');
  });

  it('are not needed by the primary entry point', () => {
    write({ 'code/lib.mjs': `import '@aws/sdk';`, 'code/verify.mjs': `import 'verifier';` });

    expect(() => peerCases(manifest, folder)).toThrow('@aws/sdk is optional, and lib imports it');
  });
});
