import { TestBed } from '@angular/core/testing';
import { Router } from '@angular/router';
import fc from 'fast-check';
import { draws } from '../../../testing-support/property/draws';
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
    ['a slash encoded twice', '/%252fevil.test'],
    ['a backslash encoded three times', '/%25255cevil.test'],
    ['a slash encoded digit by digit', '/%25%32%66evil.test'],
    ['a slash encoded any number of times', `/%${'25'.repeat(20_000)}2fevil.test`],
    ['a slash encoded digit by digit any number of times', `/%${'25%32%35'.repeat(9_000)}2fevil.test`],
    ['an encoded tab between two slashes', '/%09/evil.test'],
    ['an encoded line break between two slashes', '/%250a/evil.test'],
    ['an encoded slash beside a malformed escape', '/%2fevil.test/%zz'],
    ['an encoded slash beside an escape that is no UTF-8', '/%2fevil.test/%ff'],
    ['an encoded dot segment and encoded slashes', '/%2e%2f%2fevil.test'],
    ['two slashes behind segments that are left again', '/a/b/%2e%2e/..//evil.test'],
    ['an absolute URL without slashes', 'https:evil.test'],
    ['encoded slashes before a parent segment', '/%2f/..'],
    ['an encoded slash behind a dot segment', '/./%2fevil.test'],
    ['a script', 'javascript:alert(1)'],
    ['data', 'data:text/html,x'],
    ['another scheme', 'app:/orders'],
  ])('is not %s', (_, url) => {
    expect(isLocalUrl(url)).toBe(false);
  });

  const APP = 'https://app.example.com';

  /** The path as it is after each of some rounds of decoding, by whatever is on its way. */
  function readings(url: string): readonly string[] {
    const [path = ''] = url.split(/[?#]/, 1);
    const all = [url, path, new URL(url, APP).pathname];
    for (let round = 0; round < 4; round++)
      all.push(
        ...all.slice(-3).map((text) => text.replace(/%[\da-f]{2}/gi, (escape) => decodedOr(escape, escape))),
      );
    return all;
  }

  function decodedOr(escape: string, otherwise: string): string {
    try {
      return decodeURIComponent(escape);
    } catch {
      return otherwise;
    }
  }

  function originOf(url: string): string {
    try {
      return new URL(url, APP).origin;
    } catch {
      return 'none';
    }
  }

  it('stays in this origin by every way of reading it', () => {
    const parts = fc.constantFrom(
      ...['/', '\\', '\t', '\n', '.', '..', '@', ':', '?', '#', 'evil.test', 'x', 'https:', ' ', 'ü', '%'],
      ...[
        '%2f',
        '%2F',
        '%5c',
        '%2e',
        '%09',
        '%0a',
        '%0d',
        '%00',
        '%20',
        '%3f',
        '%23',
        '%25',
        '25',
        '2f',
        '%ff',
      ],
    );
    let accepted = 0;
    fc.assert(
      fc.property(
        fc.array(parts, { maxLength: 8 }).map((list) => `/${list.join('')}`),
        (url) => {
          if (!isLocalUrl(url)) return;
          accepted++;

          expect(readings(url).map(originOf)).toEqual(readings(url).map(() => APP));
        },
      ),
      draws(1500, 30_000),
    );
    // Refusing everything would be safe as well.
    expect(accepted).toBeGreaterThan(50);
  });

  it('is whatever the router makes of segments, matrix parameters, query and fragment', () => {
    const router = TestBed.inject(Router);
    const text = fc.string({ minLength: 1, maxLength: 6, unit: 'grapheme' });
    // A browser would resolve '.' and '..' before the router sees them.
    const visible = text.filter((segment) => /[\p{L}\p{N}]/u.test(segment));
    const params = fc.dictionary(text, text, { maxKeys: 2 });
    // What looks like a host at the start of the path is the one thing that is given up.
    const first = text.filter((segment) => /^[\p{L}\p{N}]/u.test(segment));
    fc.assert(
      fc.property(first, fc.array(visible, { maxLength: 3 }), params, params, text, (...parts) => {
        const [start, segments, matrix, queryParams, fragment] = parts;
        const tree = router.createUrlTree(['/', start, ...segments, matrix], { queryParams, fragment });

        expect([router.serializeUrl(tree), isLocalUrl(router.serializeUrl(tree))]).toEqual([
          expect.any(String),
          true,
        ]);
      }),
      draws(300, 10_000),
    );
  });
});
