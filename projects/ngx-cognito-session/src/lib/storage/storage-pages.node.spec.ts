import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { compileErrorsOf, typescriptBlocks } from '../../../testing-support/typescript-blocks';

const PAGES = ['storage', 'storage-format', 'tabs'];

it('every example of the pages on storage and tabs compiles as it stands', () => {
  const blocks = PAGES.flatMap((page) =>
    typescriptBlocks(readFileSync(resolve('docs', `${page}.md`), 'utf8')).map(
      (block, index) => [`${page}-${String(index + 1)}`, block] as const,
    ),
  );

  expect(blocks).toHaveLength(12);
  expect(compileErrorsOf(new Map(blocks))).toEqual([]);
}, 60_000);
