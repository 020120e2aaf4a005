import { extractFiles } from './extract-files';

const block = (info: string, ...lines: readonly string[]) => ['```' + info, ...lines, '```'].join('\n');

describe('extractFiles', () => {
  it('takes the titled blocks, in their order, without their fences', () => {
    const markdown = [
      '# Title',
      block('ts title="src/app/app.ts"', 'export class App {}', '', 'const x = `a`;'),
      'Text.',
      block('html title="src/index.html"', '<app-root />'),
    ].join('\n\n');

    expect(extractFiles(markdown)).toEqual([
      { path: 'src/app/app.ts', content: 'export class App {}\n\nconst x = `a`;\n' },
      { path: 'src/index.html', content: '<app-root />\n' },
    ]);
  });

  it('leaves out blocks without a title and text that only looks like one', () => {
    expect(extractFiles(`${block('sh', 'npm install')}\ntitle="src/a.ts"`)).toEqual([]);
  });

  it('does not end a block at a shorter fence inside of it', () => {
    const markdown = ['````md title="src/help.md"', '```ts', '```', '````'].join('\n');

    expect(extractFiles(markdown)).toEqual([{ path: 'src/help.md', content: '```ts\n```\n' }]);
  });

  it('reads a document with carriage returns', () => {
    const markdown = block('ts title="src/a.ts"', 'export {};').replaceAll('\n', '\r\n');

    expect(extractFiles(markdown)).toEqual([{ path: 'src/a.ts', content: 'export {};\n' }]);
  });

  it.each(['../outside.ts', '/etc/hosts', 'src/../../x.ts', 'package.json', ''])(
    'refuses to write %p',
    (path) => {
      expect(() => extractFiles(block(`ts title="${path}"`))).toThrow('only files below src/');
    },
  );

  it('refuses the same file twice and a block without an end', () => {
    const twice = `${block('ts title="src/a.ts"', '1')}\n${block('ts title="src/a.ts"', '2')}`;

    expect(() => extractFiles(twice)).toThrow('Two code blocks');
    expect(() => extractFiles('```ts title="src/a.ts"\nexport {};')).toThrow('has no end');
  });
});
