import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { typescriptBlocks } from '../../../testing-support/typescript-blocks';

const read = (path: string) => readFileSync(resolve(path), 'utf8');

it('the page about end-to-end tests shows the Cognito for browsers that the end-to-end tests use', () => {
  const blocks = typescriptBlocks(read('projects/docs/guides/testing/end-to-end.md'));

  expect(blocks).toContain(read('projects/e2e/testing/fake-cognito.ts'));
});
