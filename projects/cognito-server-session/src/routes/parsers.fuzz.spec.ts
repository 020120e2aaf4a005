import * as fc from 'fast-check';
import {
  damaged,
  expectCleanPrototypes,
  hostileTexts,
  textOf,
} from '../../../ngx-cognito-session/testing-support/fuzz/hostile';
import { draws } from '../../../ngx-cognito-session/testing-support/property/draws';
import { cookieOf, cookiesOf } from '../cookies/session-cookie';
import { fromBase64Url, textFromBase64Url, textToBase64Url } from '../crypto/base64url';
import { sessionSeal } from '../crypto/seal';
import { fromCookieValue, newSessionSecret, toCookieValue } from '../crypto/session-secret';
import { ServerSessionError } from '../errors/server-session-error';
import { LOGIN_LIFETIME_MS, MAX_OPEN_LOGINS } from '../model/numbers';
import { verifyCsrf } from './csrf';
import { findTransaction, forgottenTransactionCookies } from './login-transaction';
import { safeReturnUrl } from './return-url';

afterEach(expectCleanPrototypes);

const ORIGIN = 'https://app.example';
const NOW = 1_767_614_400_000;
const OPTIONS = { cookieName: '__Host-session', isSecure: true, now: () => NOW };

/** A header as HTTP allows it. */
const headerText = (text: string): string => text.replace(/[^\t\x20-\x7e\x80-\xff]/g, '?').slice(0, 20_000);

function requestWith(headers: Readonly<Record<string, string>>): Request {
  return new Request(`${ORIGIN}/session`, { headers });
}

const LOGIN = {
  state: 'state-of-this-login',
  nonce: 'nonce',
  codeVerifier: 'verifier',
  returnUrl: `${ORIGIN}/orders`,
  startedAt: NOW - 1000,
};

describe('base64url', () => {
  it('is the one spelling of its bytes, or nothing', () => {
    fc.assert(
      fc.property(hostileTexts(), (text) => {
        const bytes = fromBase64Url(text);
        const read = textFromBase64Url(text);

        if (bytes !== null) expect(Buffer.from(bytes).toString('base64url')).toBe(text);
        if (read !== null) expect(textToBase64Url(read)).toBe(text);
      }),
      draws(300, 20_000),
    );
  });
});

describe('the value of a session cookie', () => {
  it('is one that this package writes, or nothing', async () => {
    const value = toCookieValue(await newSessionSecret('alice'));
    const changed = fc
      .tuple(fc.nat(value.length - 1), fc.constantFrom('A', '.', '-', '=', '%', ' ', ''))
      .map(([at, by]) => value.slice(0, at) + by + value.slice(at + 1));
    const built = fc
      .tuple(hostileTexts(), fc.uint8Array({ minLength: 30, maxLength: 34 }))
      .map(([sub, secret]) => `${textToBase64Url(sub)}.${Buffer.from(secret).toString('base64url')}`);
    await fc.assert(
      fc.asyncProperty(fc.oneof(hostileTexts(), changed, built), async (text) => {
        const found = await fromCookieValue(text);

        if (found === null) return;
        expect(toCookieValue(found)).toBe(text);
        expect(found.secret).toHaveLength(32);
        expect(found.sub.length).toBeGreaterThan(0);
        expect(found.sub.length).toBeLessThanOrEqual(128);
      }),
      draws(300, 20_000),
    );
  });
});

describe('a sealed text', () => {
  it('opens unchanged alone', async () => {
    const seal = await sessionSeal(await newSessionSecret('alice'));
    const sealed = await seal.seal('a token');
    const changed = fc
      .tuple(fc.nat(sealed.length), fc.constantFrom('A', '.', '-', '_', ''))
      .map(([at, by]) => sealed.slice(0, at) + by + sealed.slice(at + 1));
    await fc.assert(
      fc.asyncProperty(fc.oneof(hostileTexts(), changed), async (text) => {
        // Whatever follows another point is not read.
        if (!text.startsWith(`${sealed}.`))
          expect(await seal.open(text)).toBe(text === sealed ? 'a token' : null);
      }),
      draws(200, 10_000),
    );
  });
});

describe('the cookies of a request', () => {
  const pair = fc.tuple(
    fc.constantFrom('__Host-session', '__host-session', '__proto__', 'constructor', 'a'),
    fc.oneof(hostileTexts(), fc.constantFrom('x', 'y', '%', '"x"')),
  );

  it('have one value of a name or none: two that differ count as none', () => {
    fc.assert(
      fc.property(fc.array(pair, { maxLength: 5 }), (pairs) => {
        const header = headerText(pairs.map((parts) => parts.join('=')).join('; '));
        const request = requestWith({ cookie: header });
        const value = cookieOf(request, '__Host-session');

        expect(cookieOf(request, 'toString')).toBeUndefined();
        cookiesOf(request);
        if (value === undefined) return;
        const raw = header
          .split(';')
          .map((part) => part.trim())
          .filter((part) => part.startsWith('__Host-session='));
        expect(raw.length).toBeGreaterThan(0);
      }),
      draws(300, 20_000),
    );
  });
});

describe('the cookie of a login', () => {
  const name = `${OPTIONS.cookieName}-login-${LOGIN.state.slice(0, 12)}`;
  const value = fc.oneof(
    hostileTexts(Object.keys(LOGIN)).map(textToBase64Url),
    hostileTexts(),
    damaged(LOGIN).map((login) => textToBase64Url(textOf(login))),
  );

  it('is a login of this state that began a short time ago, or none', () => {
    fc.assert(
      fc.property(value, (text) => {
        const request = requestWith({ cookie: headerText(`${name}=${text}`) });
        const found = findTransaction(request, LOGIN.state, OPTIONS);

        forgottenTransactionCookies(request, OPTIONS);
        if (found === null) return;
        expect(found.state).toBe(LOGIN.state);
        expect(Math.abs(NOW - found.startedAt)).toBeLessThan(LOGIN_LIFETIME_MS);
        for (const part of [found.nonce, found.codeVerifier, found.returnUrl])
          expect(part).toEqual(expect.stringMatching(/[^]/));
      }),
      draws(300, 20_000),
    );
  });

  it.each(['1e999', '-1e999', NOW + LOGIN_LIFETIME_MS, NOW - LOGIN_LIFETIME_MS, '"soon"', 'null'])(
    'is none if it began at %s: it would live for longer than a login',
    (startedAt) => {
      const text = JSON.stringify({ ...LOGIN, startedAt: 0 }).replace(':0}', `:${startedAt}}`);
      const request = requestWith({ cookie: `${name}=${textToBase64Url(text)}` });

      expect(findTransaction(request, LOGIN.state, OPTIONS)).toBeNull();
    },
  );

  it('is removed when there are too many, whatever they hold', () => {
    fc.assert(
      fc.property(fc.array(value, { minLength: 6, maxLength: 9 }), (texts) => {
        const cookies = texts.map((text, at) => `${OPTIONS.cookieName}-login-${at}=${text}`);
        const request = requestWith({ cookie: headerText(cookies.join('; ')) });
        const open = Object.keys(cookiesOf(request)).filter((key) => key.includes('-login-'));

        const forgotten = forgottenTransactionCookies(request, OPTIONS);

        expect(open.length - forgotten.length).toBeLessThan(MAX_OPEN_LOGINS);
        for (const cookie of forgotten) expect(cookie).toMatch(/^__Host-session-login-[\w-]*=; Max-Age=0; /);
      }),
      draws(40, 2000),
    );
  });
});

describe('a return URL', () => {
  const piece = fc.constantFrom(
    ...['/', '\\', '//', '@', ':', '?', '#', '.', '..', '%2f', '%5c', '\t', '\n', ' ', 'https:', 'HTTPS:'],
    ...[
      'javascript:',
      'blob:',
      'data:',
      'evil.test',
      'app.example',
      '.evil.test',
      'auth',
      'login',
      '%',
      '。',
    ],
  );
  const urls = fc.oneof(
    fc.array(piece, { maxLength: 10 }).map((parts) => parts.join('')),
    fc.array(piece, { maxLength: 8 }).map((parts) => `https://app.example${parts.join('')}`),
    hostileTexts(),
  );

  it('is of this app, and no route, by every way of reading it', () => {
    fc.assert(
      fc.property(urls, (given) => {
        const url = safeReturnUrl(given, { appOrigin: ORIGIN, basePath: '/auth' });

        const read = new URL(url, 'https://elsewhere.test');
        expect([read.origin, read.protocol, read.username, read.password]).toEqual([
          ORIGIN,
          'https:',
          '',
          '',
        ]);
        expect(url.startsWith(`${ORIGIN}/`)).toBe(true);
        expect(read.pathname).not.toMatch(/^\/auth(?:\/|$)/);
        expect(url.length).toBeLessThanOrEqual(1000);
        expect(url).toMatch(/^[\x21-\x7e]*$/);
      }),
      draws(500, 50_000),
    );
  });
});

describe('the CSRF check', () => {
  it('accepts the header and the exact origin alone, and throws its own error alone', () => {
    const origin = fc.oneof(
      hostileTexts().map(headerText),
      fc.constantFrom(ORIGIN, `${ORIGIN}/`, 'https://app.example.evil.test', 'null', 'http://app.example'),
    );
    const header = fc.oneof(fc.constantFrom('1', '', '0'), hostileTexts().map(headerText));
    const site = fc.constantFrom('same-origin', 'same-site', 'cross-site', 'none', '');
    fc.assert(
      fc.property(
        fc.constantFrom('GET', 'POST', 'DELETE'),
        fc.option(origin, { nil: null }),
        fc.option(header, { nil: null }),
        fc.option(site, { nil: null }),
        (method, from, csrf, fetchSite) => {
          const request = new Request(`${ORIGIN}/auth/session`, {
            method,
            headers: {
              ...(from !== null && { origin: from }),
              ...(csrf !== null && { 'x-csrf': csrf }),
              ...(fetchSite !== null && { 'sec-fetch-site': fetchSite }),
            },
          });
          try {
            verifyCsrf(request, ORIGIN);
          } catch (error) {
            expect(error).toBeInstanceOf(ServerSessionError);
            return;
          }
          expect(request.headers.get('x-csrf')).toBe('1');
          expect([ORIGIN, null]).toContain(request.headers.get('origin'));
          if (method !== 'GET') expect(request.headers.get('origin')).toBe(ORIGIN);
          expect(['same-origin', null, '']).toContain(fetchSite);
        },
      ),
      draws(300, 20_000),
    );
  });
});
