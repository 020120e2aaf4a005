import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { root } from '../../../tools/workspace';
import { initialChunks, packagesOf, type BuildStats } from '../support/build-stats';
import { expect, test } from '../support/test';

const MAX_GZIP_BYTES = 160_000;
const LAZY = /^(@aws-sdk|@smithy|aws-amplify|@aws-amplify|uplot|oauth4webapi)(\/|$)/;

const dist = resolve(root, 'dist/demo');
const stats = JSON.parse(readFileSync(resolve(dist, 'stats.json'), 'utf8')) as BuildStats;
const initial = initialChunks(stats, 'projects/demo/src/main.ts');

test('the initial scripts stay within 160 kB gzip', () => {
  const sizes = initial.map(
    (file) => gzipSync(readFileSync(resolve(dist, 'browser', file)), { level: 9 }).length,
  );

  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(MAX_GZIP_BYTES);
});

test('SDK, chart and managed login are in the build, and in no initial chunk', () => {
  const lazy = packagesOf(stats, Object.keys(stats.outputs)).filter((name) => LAZY.test(name));

  expect(lazy).toEqual(expect.arrayContaining(['@aws-sdk/client-cognito-identity-provider', 'oauth4webapi']));
  expect(packagesOf(stats, initial)).toContain('@angular/core');
  expect(packagesOf(stats, initial).filter((name) => LAZY.test(name))).toEqual([]);
});
