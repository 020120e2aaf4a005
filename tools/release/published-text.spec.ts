import { publishedText } from './published-text';

const publish = (markdown: string, publicAddress = '') =>
  publishedText(markdown, {
    path: 'docs/a.md',
    place: 'docs/a.md',
    placeOf: (path) => (['README.md', 'docs/b.md'].includes(path) ? path : null),
    publicAddress,
  });

describe('publishedText', () => {
  it.each(['[x](b.md#c)', '[x](../README.md)', '[x](#here)', '[x](https://example.com/a)', '`[x](gone.md)`'])(
    'leaves %s as it is',
    (text) => {
      expect(publish(text)).toBe(text);
      expect(publish(text, 'https://git.example/o/n')).toBe(text);
    },
  );

  it('keeps the text of a link to what the package does not carry', () => {
    expect(publish('See [the `gate`](../tools/gate) and [b](b.md).')).toBe('See the `gate` and [b](b.md).');
  });

  it('follows a document to another place', () => {
    const published = publishedText('[b](../../docs/b.md#c), [d](d.md), [here](#here)', {
      path: 'projects/x/README.md',
      place: 'README.md',
      placeOf: (path) => ({ 'docs/b.md': 'docs/b.md' })[path] ?? null,
      publicAddress: '',
    });

    expect(published).toBe('[b](docs/b.md#c), d, [here](#here)');
  });

  it('links to the public address what the package does not carry', () => {
    expect(publish('| [c](../c.md#d) |', 'https://git.example/o/n')).toBe(
      '| [c](https://git.example/o/n/blob/main/c.md#d) |',
    );
  });

  it('shows pictures from the public address, and none while there is no address', () => {
    const text = 'a ![The demo](pictures/demo.png) b';

    expect(publish(text)).toBe('a  b');
    expect(publish(text, 'https://git.example/o/n')).toBe(
      'a ![The demo](https://git.example/o/n/raw/main/docs/pictures/demo.png) b',
    );
  });

  it('shows pictures that it carries', () => {
    const published = publishedText('![A chart](charts/a.svg)', {
      path: 'projects/docs/a.md',
      place: 'docs/a.md',
      placeOf: (path) => path.replace('projects/', ''),
      publicAddress: '',
    });

    expect(published).toBe('![A chart](charts/a.svg)');
  });
});
