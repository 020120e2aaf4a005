import { safeReturnUrl } from './return-url';

const APP = 'https://app.example.com';
const longest = `${APP}/`.padEnd(1000, 'x');
const safe = (given: string | null) => safeReturnUrl(given, { appOrigin: APP, basePath: '/auth' });

describe('safeReturnUrl', () => {
  it.each([
    ['/orders/7?tab=2#top', `${APP}/orders/7?tab=2#top`],
    [`${APP}/orders`, `${APP}/orders`],
    ['orders', `${APP}/orders`],
    ['/authors', `${APP}/authors`],
    [longest, longest],
  ])('keeps %s', (given, expected) => {
    expect(safe(given)).toBe(expected);
  });

  it.each([
    null,
    'https://evil.example/',
    '//evil.example/',
    String.raw`\\evil.example`,
    String.raw`/\evil.example`,
    '/\t/evil.example',
    'https://app.example.com.evil.example/',
    'https://app.example.com@evil.example/',
    'https://user@app.example.com/',
    'https://:word@app.example.com/',
    'http://app.example.com/',
    'https://app.example.com:8443/',
    'javascript:alert(1)',
    'data:text/html,x',
    // Its origin is that of the app.
    'blob:https://app.example.com/orders',
    'https://',
    '/auth/login',
    '/auth',
    '/x/../auth/login',
    // It is part of a cookie, which browsers cut or drop above 4 kB.
    `${longest}x`,
  ])('replaces %s by the start page', (given) => {
    expect(safe(given)).toBe(`${APP}/`);
  });

  it('stays on this origin for a path that looks like a host', () => {
    expect(safe('/x/..//evil.example')).toBe(`${APP}//evil.example`);
  });
});
