import { hasUserInfo, parseUrl } from './parse-url';

describe('a URL', () => {
  it('is read, also beside a base', () => {
    expect(parseUrl('https://a.example/b')?.href).toBe('https://a.example/b');
    expect(parseUrl('../c', 'https://a.example/b/')?.href).toBe('https://a.example/c');
  });

  it.each([
    ['/b', undefined],
    ['https://', 'https://a.example'],
  ] as const)('that is none is null: %s', (url, base) => {
    expect(parseUrl(url, base)).toBeNull();
  });

  it.each([
    ['https://user@a.example', true],
    ['https://:secret@a.example', true],
    ['https://a.example/user@b', false],
  ])('%s has user information: %s', (url, expected) => {
    expect(hasUserInfo(new URL(url))).toBe(expected);
  });
});
