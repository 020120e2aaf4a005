import { SchematicTestRunner } from '@angular-devkit/schematics/testing';
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import * as schematics from './index';

const library = resolve('projects/ngx-cognito-session');
const read = (path: string): unknown => JSON.parse(readFileSync(resolve(library, path), 'utf8'));

const manifest = read('package.json') as {
  readonly version: string;
  readonly schematics: string;
  readonly 'ng-update': { readonly migrations: string };
};

interface Entry {
  readonly factory: string;
  readonly version?: string;
  readonly schema?: string;
}

const entriesOf = (path: string) =>
  Object.entries((read(path) as { readonly schematics: Readonly<Record<string, Entry>> }).schematics);

describe('the migrations of ng update', () => {
  it('are a collection that the Angular CLI can load', () => {
    const runner = new SchematicTestRunner('migrations', resolve(library, manifest['ng-update'].migrations));

    expect(runner.engine.createCollection('migrations').listSchematicNames(true)).toEqual(
      entriesOf(manifest['ng-update'].migrations).map(([name]) => name),
    );
  });

  it('name the version that they lead to, which is not newer than the library', () => {
    const versions = entriesOf(manifest['ng-update'].migrations).map(([, { version = 'none' }]) => version);

    for (const version of versions) {
      expect(version).toMatch(/^\d+\.\d+\.\d+$/);
      expect([version, manifest.version].sort(new Intl.Collator('en', { numeric: true }).compare)[1]).toBe(
        manifest.version,
      );
    }
  });
});

describe('the collections', () => {
  it.each([manifest.schematics, manifest['ng-update'].migrations])(
    'name functions and descriptions of options that are there: %s',
    (path) => {
      for (const [, { factory, schema }] of entriesOf(path)) {
        const [file, name = ''] = factory.split('#');
        expect(file).toBe('./index.cjs');
        expect(schematics).toHaveProperty(name, expect.any(Function));
        if (schema !== undefined) expect(existsSync(resolve(library, 'schematics', schema))).toBe(true);
      }
    },
  );
});
