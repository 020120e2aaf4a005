import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { separateParts } from './separate-parts';

describe('the parts that a module loads separately', () => {
  let folder: string;

  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'separate-parts-'))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it.each([
    [
      'none, with static imports of packages',
      `import { a } from 'lib';\nconsole.log(a); // import('./x')`,
      [],
    ],
    ['a package that is loaded lazily', `export const a = () => import('lib/sub');`, ['lib/sub']],
    ['a file that is loaded lazily', `export const a = () => import('./chunk.mjs');`, ['./chunk.mjs']],
    ['a file that is imported', `export { b } from './chunk.mjs';`, ['./chunk.mjs']],
  ])('are %s', async (_, code, parts) => {
    writeFileSync(join(folder, 'chunk.mjs'), 'export const b = 1;');
    writeFileSync(join(folder, 'index.mjs'), code);

    expect(await separateParts(join(folder, 'index.mjs'))).toEqual(parts);
  });
});
