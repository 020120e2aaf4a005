import fc from 'fast-check';
import { isLocalUrl } from './is-local-url';

describe('a URL of this application', () => {
  it.each([
    '/',
    '/orders',
    '/orders/1;view=full?x=1&y=a%20b#part',
    '/a//b',
    '/@me',
    '/a:b',
    '/ü',
    '/a/../b',
    '/x?u=//evil.test',
    '/x?u=https://evil.test',
    '/x#//evil.test',
  ])('is %s', (url) => {
    expect(isLocalUrl(url)).toBe(true);
  });

  it.each([
    ['nothing', ''],
    ['a relative path', 'orders'],
    ['a query alone', '?x=1'],
    ['an absolute URL', 'https://evil.test/'],
    ['a protocol-relative one', '//evil.test'],
    ['three slashes', '///evil.test'],
    ['a backslash', '/\\evil.test'],
    ['two backslashes', '\\\\evil.test'],
    ['a backslash later', '/a\\b'],
    ['a tab', '/\t/evil.test'],
    ['a line break', '/\n/evil.test'],
    ['a carriage return', '/\r/evil.test'],
    ['a NUL', '/\u0000/evil.test'],
    ['white space in front', ' /orders'],
    ['white space inside', '/a b'],
    ['an encoded slash', '/%2fevil.test'],
    ['an encoded slash in capitals', '/%2Fevil.test'],
    ['an encoded backslash', '/%5cevil.test'],
    ['two slashes behind a dot segment', '/.//evil.test'],
    ['two slashes behind a parent segment', '/x/..//evil.test'],
    ['two slashes behind an encoded dot segment', '/%2e//evil.test'],
    ['an encoded slash behind a dot segment', '/./%2fevil.test'],
    ['a script', 'javascript:alert(1)'],
    ['data', 'data:text/html,x'],
    ['another scheme', 'app:/orders'],
  ])('is not %s', (_, url) => {
    expect(isLocalUrl(url)).toBe(false);
  });

  it('stays in this origin by every way of reading it', () => {
    const parts = fc.constantFrom(
      '/',
      '\\',
      '\t',
      '\n',
      '.',
      '..',
      '%2f',
      '%5c',
      '%2e',
      '@',
      ':',
      '?',
      '#',
      'evil.test',
      'x',
      'https:',
      ' ',
    );
    fc.assert(
      fc.property(
        fc.array(parts, { maxLength: 8 }).map((list) => `/${list.join('')}`),
        (url) => {
          if (!isLocalUrl(url)) return;
          const once = new URL(url, 'https://app.example.com');
          const again = new URL(once.pathname, 'https://app.example.com');

          expect([once.origin, again.origin]).toEqual(['https://app.example.com', 'https://app.example.com']);
        },
      ),
      { numRuns: 1000 },
    );
  });
});
