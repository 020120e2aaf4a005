import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { compileErrors, typescriptBlocks } from '../../../testing-support/typescript-blocks';

const read = (path: string) => readFileSync(resolve(path), 'utf8');
const pages = [
  'docs/testing.md',
  ...readdirSync(resolve('docs/testing')).map((name) => `docs/testing/${name}`),
];

describe('the pages about testing', () => {
  it.each(pages)('%s: every example compiles as it stands', (page) => {
    const blocks = typescriptBlocks(read(page));

    expect(blocks.length).toBeGreaterThan(0);
    expect(compileErrors(blocks)).toEqual([]);
  });

  it('show the Cognito for browsers that the end-to-end tests use', () => {
    const blocks = typescriptBlocks(read('docs/testing/end-to-end.md'));

    expect(blocks).toContain(read('projects/e2e/testing/fake-cognito.ts'));
  });
});
