import { brokenLinks } from './broken-links';

const files = new Map([
  ['README.md', '# A `name` of things\n\n## Twice\n\n## Twice\n\n<a id="here"></a>\n'],
  ['docs/a.md', '# Page'],
]);

const broken = (path: string, text: string) =>
  brokenLinks(new Map([...files, [path, text]]), (name) => files.has(name) || ['docs', path].includes(name));

describe('brokenLinks', () => {
  it.each([
    '[x](../README.md)',
    '[x](../README.md#a-name-of-things)',
    '[x](../README.md#twice-1)',
    '[x](../README.md#here)',
    '[x](a.md#page)',
    '[x](../docs)',
    '[x](#own)\n\n# Own',
    '[x][ref]\n\n[ref]: a.md',
    '[x](https://example.com/nowhere)',
    '`[x](nowhere.md)`',
    'See `docs/a.md#page`.',
    'It is at node_modules/ngx-cognito-session/docs/a.md.',
    'It is at node_modules/another-package/docs/nowhere.md.',
  ])('is content with %j', (text) => {
    expect(broken('docs/b.md', text)).toEqual([]);
  });

  it.each([
    ['[x](nowhere.md)', 'docs/nowhere.md'],
    ['[x](a.md#nowhere)', 'docs/a.md#nowhere'],
    ['[x](#nowhere)', 'docs/b.md#nowhere'],
    ['[x](../README.md#twice-2)', 'README.md#twice-2'],
    ['[x](../../outside.md)', '../outside.md'],
    ['![x](picture.png)', 'docs/picture.png'],
    ['[x][ref]\n\n[ref]: nowhere.md', 'docs/nowhere.md'],
    ['See `docs/nowhere.md`.', 'docs/nowhere.md'],
    ['It is at node_modules/ngx-cognito-session/docs/nowhere.md.', 'docs/nowhere.md'],
  ])('reports %j', (text, target) => {
    expect(broken('docs/b.md', text)).toEqual([`docs/b.md: ${target} is not there.`]);
  });

  it('reports a page that a comment names', () => {
    expect(broken('src/a.ts', '/** See `docs/a.md` and `docs/nowhere.md`. [x](no-markdown.md) */')).toEqual([
      'src/a.ts: docs/nowhere.md is not there.',
    ]);
  });
});
