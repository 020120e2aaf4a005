import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { docsFolder, pageNames } from '../../../tools/docs/page-names';
import { documentedExports, type DocumentedExport } from '../testing-support/documented-exports';
import { stagedExamples } from '../testing-support/example-stage';
import { codeBefore, declaredLibraries } from '../testing-support/other-libraries';
import { compileErrorsOf, typescriptBlocks } from '../testing-support/typescript-blocks';

/**
 * Blocks of TypeScript. `no-check` marks code that needs a package which is not installed here, such as the AWS CDK, `before`
 * code of another library, and `lines` lines for a file of the reader, which the step `quick-start-ssr` of the gate adds and compiles.
 */
const BLOCK = /^```(ts|typescript)\b(?! no-check| before| lines)/gm;

const pages = new Map(
  pageNames()
    .map((name) => [name, readFileSync(resolve(docsFolder, name), 'utf8')] as const)
    .filter(([, text]) => /^```(ts|typescript)\b/m.test(text)),
);

/** Pages that say how to move from another library. The layout of cognito-session-manager is not public, so it has no code of it. */
const MIGRATIONS = [
  'migrate/from-amazon-cognito-identity-js.md',
  'migrate/from-amplify.md',
  'migrate/from-angular-auth-oidc-client.md',
  'migrate/from-cognito-session-manager.md',
];

/** The name of a file without folders, for a block of a page. */
const blockName = (page: string, block: number | string): string =>
  `${page.replaceAll('/', '.')}-${String(block)}`;

// One file compiles all examples: most of the time is spent on the types of Angular and of the AWS SDK.
describe('the pages of the documentation', () => {
  let errors: readonly string[];

  beforeAll(() => {
    const blocks = [...pages].flatMap(([page, text]) =>
      typescriptBlocks(text).map((block, index) => [blockName(page, index + 1), block] as const),
    );
    errors = compileErrorsOf(new Map(blocks));
  });

  it.each([...pages.keys()])('%s: every example compiles as it stands', (page) => {
    expect(errors.filter((error) => error.startsWith(blockName(page, '')))).toEqual([]);
  });

  it.each([...pages])('%s: every block of TypeScript is an example', (_, text) => {
    expect(typescriptBlocks(text)).toHaveLength(text.match(BLOCK)?.length ?? 0);
  });

  it('have examples of every topic', () => {
    expect([...pages.keys()]).toEqual(
      expect.arrayContaining([
        ...['ngmodule', 'several-user-pools', 'storage', 'tabs', 'testing'].map(
          (name) => `guides/${name}.md`,
        ),
        ...['guides/guards-and-groups.md', 'reference/storage-format.md', 'reference/diagnostics/NCS101.md'],
        ...['guides/aws-credentials.md', 'guides/aws-credentials-recipes.md'],
        ...MIGRATIONS,
        ...pageNames().filter((name) => name.startsWith('guides/testing/')),
      ]),
    );
  });
});

describe('the code of other libraries on the pages for moving from them', () => {
  // The long step `second-opinion` compiles the same blocks against the libraries themselves.
  it('compiles against what is declared of them', () => {
    const blocks = codeBefore(new Map(MIGRATIONS.map((page) => [page, pages.get(page) ?? ''])));

    expect(compileErrorsOf(blocks.all, { paths: declaredLibraries() })).toEqual([]);
    expect(blocks.all.size).toBeGreaterThan(MIGRATIONS.length);
  });

  it('is marked as such', () => {
    const marks = MIGRATIONS.flatMap((page) => pages.get(page)?.match(/^```ts before.*$/gm) ?? []);

    expect([...new Set(marks)].sort()).toEqual(['```ts before', '```ts before-5']);
  });
});

describe('the docstrings of the public API', () => {
  let exports: readonly DocumentedExport[];

  beforeAll(() => {
    exports = documentedExports();
  });

  it('show how each function, class and guard is used', () => {
    const called = exports.filter(({ isCalled }) => isCalled);

    expect(called.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['provideSession', 'SessionService', 'signedInGuard', 'withAwsSdk']),
    );
    expect(called.filter(({ examples }) => examples.length === 0).map(({ name }) => name)).toEqual([]);
  });

  it('hold examples that compile', () => {
    expect(compileErrorsOf(stagedExamples(exports))).toEqual([]);
  });
});
