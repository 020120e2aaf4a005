import { extractBlocks } from './extract-blocks';

const block = (info: string, ...lines: readonly string[]) => ['```' + info, ...lines, '```'].join('\n');

describe('extractBlocks', () => {
  it('takes the titled blocks, in their order, without their fences', () => {
    const markdown = [
      '# Title',
      block('ts title="src/app/account.ts"', 'export class Account {}', '', 'const x = `a`;'),
      'Text.',
      block('ts title="src/app/app.config.ts" at="top"', "import 'a';"),
      block('ts title="src/app/app.config.ts" after="providers: ["', '    provideA(),'),
    ].join('\n\n');

    expect(extractBlocks(markdown)).toEqual([
      {
        path: 'src/app/account.ts',
        content: 'export class Account {}\n\nconst x = `a`;\n',
        place: 'newFile',
      },
      { path: 'src/app/app.config.ts', content: "import 'a';\n", place: 'top' },
      { path: 'src/app/app.config.ts', content: '    provideA(),\n', place: { after: 'providers: [' } },
    ]);
  });

  it('leaves out blocks without a title and text that only looks like one', () => {
    expect(extractBlocks(`${block('sh', 'npm install')}\ntitle="src/a.ts"`)).toEqual([]);
  });

  it('does not end a block at a shorter fence inside of it', () => {
    const markdown = ['````md title="src/help.md"', '```ts', '```', '````'].join('\n');

    expect(extractBlocks(markdown)).toMatchObject([{ path: 'src/help.md', content: '```ts\n```\n' }]);
  });

  it('reads a document with carriage returns', () => {
    const markdown = block('ts title="src/a.ts"', 'export {};').replaceAll('\n', '\r\n');

    expect(extractBlocks(markdown)).toMatchObject([{ path: 'src/a.ts', content: 'export {};\n' }]);
  });

  it.each(['../outside.ts', '/etc/hosts', 'src/../../x.ts', 'package.json', ''])(
    'refuses to write %p',
    (path) => {
      expect(() => extractBlocks(block(`ts title="${path}"`))).toThrow('only files below src/');
    },
  );

  it('refuses a block without an end', () => {
    expect(() => extractBlocks('```ts title="src/a.ts"\nexport {};')).toThrow('has no end');
  });
});
