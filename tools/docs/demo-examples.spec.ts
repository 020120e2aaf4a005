import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { root } from '../workspace';
import { docsFolder, pageNames } from './page-names';

/** Blocks that show a file of the demo, by the page and the path of the file. */
const shown = pageNames().flatMap((page) =>
  [
    ...readFileSync(resolve(docsFolder, page), 'utf8').matchAll(
      /^```ts title="(projects\/demo\/[^"]+)"\n([\s\S]*?)^```/gm,
    ),
  ].map(([, path = '', code = '']) => [page, path, code] as const),
);

describe('the examples of the demo on the pages', () => {
  // Copies, not includes: the pages are also read in the repository and in the package.
  it.each(shown)('%s: %s is what the demo runs', (_page, path, code) => {
    expect(code).toBe(readFileSync(resolve(root, path), 'utf8'));
  });

  it('are on the pages of their topics', () => {
    expect(shown.map(([page]) => page)).toEqual(
      expect.arrayContaining(
        ['tabs', 'storage', 'guards-and-groups', 'offline-and-errors', 'aws-credentials-recipes'].map(
          (name) => `guides/${name}.md`,
        ),
      ),
    );
  });
});
