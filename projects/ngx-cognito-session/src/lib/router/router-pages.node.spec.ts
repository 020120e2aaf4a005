import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { compileErrors, typescriptBlocks } from '../../../testing-support/typescript-blocks';

it.each([
  ['router.md', 5],
  ['ngmodule.md', 1],
  ['several-user-pools.md', 1],
])('every example of %s compiles as it stands', (page, count) => {
  const blocks = typescriptBlocks(readFileSync(resolve('docs', page), 'utf8'));

  expect(blocks).toHaveLength(count);
  expect(compileErrors(blocks)).toEqual([]);
});
