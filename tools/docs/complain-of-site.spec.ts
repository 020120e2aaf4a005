import { complainOfSite } from './complain-of-site';

const files = ['index.md', 'guides/a.md'];
const complain = (html: string, base = '/') =>
  complainOfSite(
    new Map([
      ['index.html', '<h1 id="top">Home</h1>'],
      ['guides/a.html', html],
    ]),
    files,
    base,
  );

describe('complainOfSite', () => {
  it.each([
    '<a href="#here"></a><h2 id="here"></h2>',
    '<a href="../index.html#top"></a>',
    '<a href="/#top"></a>',
    '<a href="https://example.com/#anywhere"></a>',
    '<script src="/assets/app.js"></script>',
  ])('is content with %s', (html) => {
    expect(complain(html)).toEqual([]);
  });

  it('knows the address below which the site is served', () => {
    expect(complain('<a href="/name/index.html#top"></a>', '/name/')).toEqual([]);
  });

  it('reports an anchor that is not there', () => {
    expect(complain('<a href="../index.html#gone"></a>')).toEqual([
      'guides/a.html: ../index.html#gone leads to an anchor that is not there.',
    ]);
  });

  it.each(['https://fonts.example/a.css', '//fonts.example/a.css'])(
    'reports a page that loads %s',
    (address) => {
      expect(complain(`<link rel="stylesheet" href="${address}">`)).toEqual([
        `guides/a.html: loads ${address}.`,
      ]);
    },
  );

  it('reports a page without its text', () => {
    expect(complainOfSite(new Map([['b.html', '']]), files, '/')).toEqual(['b.html: there is no b.md.']);
  });
});
