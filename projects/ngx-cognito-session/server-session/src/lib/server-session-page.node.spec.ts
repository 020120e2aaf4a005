import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { compileErrors, typescriptBlocks } from '../../../testing-support/typescript-blocks';

it.each([
  ['server-sessions-angular.md', 3],
  ['errors/NCS121.md', 1],
])('every example on the page %s compiles as it stands', (page, count) => {
  const blocks = typescriptBlocks(readFileSync(resolve('docs', page), 'utf8'));

  expect(blocks).toHaveLength(count);
  expect(compileErrors(blocks)).toEqual([]);
});
