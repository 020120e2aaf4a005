import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { compileErrors, typescriptBlocks } from '../../../testing-support/typescript-blocks';

it('every example on the page about HTTP compiles as it stands', () => {
  const blocks = typescriptBlocks(readFileSync(resolve('docs/http.md'), 'utf8'));

  expect(blocks.length).toBeGreaterThan(5);
  expect(compileErrors(blocks)).toEqual([]);
});
