import fc from 'fast-check';
import { thrownBy } from '../../../testing-support/held-sessions';
import { oddUrls } from '../../../testing-support/odd-urls';
import { isInScope, isPerhapsInScope, parseRequestUrl, parseUrlScope } from './url-scope';

const BASE = 'https://app.example.com/shop/';

const ORIGIN = 'https://app.example.com';

function matches(rule: string, request: string, base = BASE): boolean {
  const scope = parseUrlScope(rule, new URL(base).origin);
  const url = parseRequestUrl(request, base);
  return url !== null && isInScope(url, scope);
}

describe('a rule', () => {
  it.each([
    ['/api', 'https://app.example.com', '/api'],
    ['/api/', 'https://app.example.com', '/api'],
    ['/api//', 'https://app.example.com', '/api'],
    ['/', 'https://app.example.com', ''],
    ['/a/../api', 'https://app.example.com', '/api'],
    ['https://api.example.com', 'https://api.example.com', ''],
    ['https://api.example.com/', 'https://api.example.com', ''],
    ['https://API.example.com:443/V1/', 'https://api.example.com', '/V1'],
    ['https://api.example.com:8443', 'https://api.example.com:8443', ''],
    ['HTTPS://api.example.com', 'https://api.example.com', ''],
    ['https://bücher.example/x', 'https://xn--bcher-kva.example', '/x'],
    ['http://localhost:9230', 'http://localhost:9230', ''],
    ['http://api.localhost', 'http://api.localhost', ''],
    ['http://127.0.0.1:9230/api', 'http://127.0.0.1:9230', '/api'],
    ['http://127.8.9.1', 'http://127.8.9.1', ''],
    ['http://[::1]:9230', 'http://[::1]:9230', ''],
  ])('%s names an origin and a path', (rule, origin, path) => {
    expect(parseUrlScope(rule, ORIGIN)).toEqual({ origin, path });
  });

  it.each([
    ['nothing', ''],
    ['a path that is relative to the page', 'api'],
    ['the same with a dot', './api'],
    ['a host alone', 'api.example.com'],
    ['a protocol-relative URL', '//api.example.com'],
    ['one with a backslash', '/\\api.example.com'],
    ['one with a tab', '/\t/api.example.com'],
    ['one with a line break', '/\n/api.example.com'],
    ['one with a carriage return and a backslash', '/\r\\api.example.com'],
    ['white space in front', ' https://api.example.com'],
    ['a pattern', '*'],
    ['a pattern of paths', 'https://api.example.com/public/*'],
    ['a pattern of hosts', 'https://*.example.com'],
    ['a pattern of this origin', '/api/*'],
    ['another scheme', 'ftp://api.example.com'],
    ['a WebSocket', 'wss://api.example.com'],
    ['a script', 'javascript:alert(1)'],
    ['data', 'data:text/plain,x'],
    ['a blob', 'blob:https://api.example.com/1'],
    ['a scheme without slashes', 'https:api.example.com'],
    ['an empty host', 'https://'],
    ['user info', 'https://user@api.example.com'],
    ['user info with a password', 'https://user:secret@api.example.com'],
    ['a password alone', 'https://:secret@api.example.com'],
    ['a query', '/api?x=1'],
    ['a fragment', 'https://api.example.com/#x'],
    ['an unencrypted origin', 'http://api.example.com'],
    ['an unencrypted host that begins like loopback', 'http://localhost.evil.test'],
    ['an unencrypted host that ends like loopback', 'http://evil-localhost'],
    ['an unencrypted host that begins like an address', 'http://127.0.0.1.evil.test'],
    ['an unencrypted address of the network', 'http://192.168.0.1'],
    ['an unencrypted address of IPv6', 'http://[::2]'],
  ])('is refused: %s', (_, rule) => {
    expect(thrownBy(() => parseUrlScope(rule, ORIGIN))).toMatchObject({ code: 'invalidConfiguration' });
  });

  it('of this origin may be given where the page itself is unencrypted', () => {
    expect(parseUrlScope('/api', 'http://intranet')).toEqual({ origin: 'http://intranet', path: '/api' });
  });
});

describe('a rule on a server', () => {
  it('of this origin names a path of any', () => {
    expect(parseUrlScope('/api', null)).toEqual({ origin: null, path: '/api' });
    expect(isInScope(new URL('https://anywhere.test/api/x'), parseUrlScope('/api', null))).toBe(true);
  });

  it('with an origin names that one', () => {
    expect(parseUrlScope('https://api.example.com/v1', null)).toEqual({
      origin: 'https://api.example.com',
      path: '/v1',
    });
  });
});

describe('a rule that keeps tokens away', () => {
  it.each([
    ['/api/public', '/api/public', true],
    ['/api/public', '/api/public/x?y#z', true],
    ['/api/public', '/api/%70ublic', true],
    ['/api/public', '/api/%2570ublic', true],
    ['/api/public', '/api/%25%37%30ublic', true],
    ['/api/public', '/api//public', true],
    ['/api/public', '//app.example.com//api///public', true],
    ['/api/public', '/api%2Fpublic', true],
    ['/api/public', '/api%5cpublic', true],
    ['/api/public', '/api%252fpublic', true],
    ['/api/public', '/api/public;v=1', true],
    ['/api/public', '/api;v=1/public', true],
    ['/api/public', '/API/Public', true],
    ['/API/Public', '/api/public', true],
    ['/%61pi', '/api', true],
    ['/b\u00fccher', '/b%c3%bccher', true],
    ['/', '/anything', true],
    ['/api/public', '/api/publicity', false],
    ['/api/public', '/api', false],
    ['/api/public', '/api/x/public', false],
    ['/api/public', 'https://api.example.com/api/public', false],
    ['/api/public', 'https://app.example.com./api/public', true],
    ['https://api.example.com/public', 'https://api.example.com./public/x', true],
    ['https://api.example.com:8443/public', 'https://api.example.com.:8443/public', true],
    ['https://api.example.com./public', 'https://api.example.com/public', true],
    ['https://api.example.com/public', 'https://api.example.com.:8443/public', false],
    ['/api/100%25', '/api/100%25', true],
    ['/api/100%25', '/api/100%', true],
    ['/api/public', '/api/public%3Fx', true],
    ['/api/public', '/api/public%23x', true],
    ['/api/public', '/api/public%253Fx/y', true],
    ['/api/public', '/api/public%3Bv=1%3Fx', true],
    ['/api/public', '/api/public.', true],
    ['/api/public', '/api./public%20/x', true],
    ['/api/public', '/api/public+', true],
    ['/api/public', '/api/%ef%bd%90ublic', true],
    ['/api/public', '/api%ef%bc%8fpublic', true],
    ['/b\u00fccher', '/B%C3%9CCHER', true],
    ['/b\u00fccher', '/bu%cc%88cher', true],
    ['/api/x%2F', '/api/x%2Fy', true],
    ['/api/a%3Fb', '/api/a%3Fb', true],
    ['/api/a%3Fb', '/api/a', false],
    ['/api/public', '/api/publi%3Fc', false],
    ['/api/public', '/api/public.json', false],
    ['/api/public', '/api/public%fe', false],
  ])('counts however a server reads the path: %s, %s: %p', (rule, request, expected) => {
    const url = parseRequestUrl(request, BASE);

    expect(url !== null && isPerhapsInScope(url, parseUrlScope(rule, ORIGIN))).toBe(expected);
  });
});

describe('a request', () => {
  const API = 'https://api.example.com';

  it.each([
    // A bare origin means everything below it.
    [API, API],
    [API, `${API}/`],
    [API, `${API}/users`],
    [API, `${API}/users/1?x=1#y`],
    [API, `${API}?x=1`],
    [API, `${API}#x`],
    [API, 'https://API.EXAMPLE.COM/users'],
    [API, 'HTTPS://api.example.com/users'],
    [API, `${API}:443/users`],
    [`${API}:443`, `${API}/users`],
    [API, 'https:\\\\api.example.com\\users'],
    [API, '//api.example.com/users'],
    [API, `${API}/users%2F1`],
    [API, `${API}/a.b/..c/...`],
    [API, `${API}/a;v=1/b.;c`],
    [API, `${API}/100%25`],
    [API, `${API}/search?url=https://evil.test/`],
    [API, ' https://api.example.com/users '],
    [API, 'https://api.exa\tmple.com/users'],
    [API, `${API}/x/@evil.test`],
    [API, `${API}\\@evil.test`],
    ['https://bücher.example', 'https://xn--bcher-kva.example/x'],
    ['https://[2001:db8::1]', 'https://[2001:db8:0::1]:443/x'],
    [API, 'https://api\u3002example\uff0ecom/users'],
    ['https://xn--bcher-kva.example', 'https://BÜCHER.example/x'],
    // Paths match by whole segments.
    [`${API}/v1`, `${API}/v1`],
    [`${API}/v1`, `${API}/v1/`],
    [`${API}/v1/`, `${API}/v1`],
    [`${API}/v1`, `${API}/v1/users`],
    [`${API}/v1`, `${API}/v1?x=1`],
    [`${API}/v1`, `${API}/v1#x`],
    [`${API}/v1`, `${API}/v2/../v1/users`],
    [`${API}/v1`, `${API}/v2/%2e%2e/v1/users`],
    [`${API}/v1`, `${API}/./v1/users`],
    [`${API}/v1`, `${API}/v1//users`],
    // Relative ones belong to this origin.
    ['/api', '/api'],
    ['/api', '/api/users'],
    ['/api', '../api/users'],
    ['/api', 'https://app.example.com/api/users'],
    ['/shop/api', 'api/users'],
    ['/shop/api', './api/users'],
    ['/', ''],
    ['/', '?x=1'],
    ['/', 'anything'],
    ['https://app.example.com', '/api'],
  ])('is in scope of %s: %s', (rule, request) => {
    expect(matches(rule, request)).toBe(true);
  });

  it.each([
    // Other hosts.
    [API, 'https://evil.test/users'],
    [API, 'https://api.example.com.evil.test/users'],
    [API, 'https://evilapi.example.com/users'],
    [API, 'https://xapi.example.com'],
    [API, 'https://example.com'],
    [API, 'https://sub.api.example.com'],
    [API, 'https://api.example.com./users'],
    [API, 'https://api.example.com%2eevil.test/'],
    [API, 'https://аpi.example.com/users'],
    ['https://bücher.example', 'https://bucher.example/x'],
    ['https://bücher.example', 'https://xn--bcher-kva.example.evil.test/x'],
    ['https://straße.example', 'https://strasse.example/x'],
    [API, 'https://api.example.com\u3002evil.test/'],
    [API, 'https://1.2.3.4/'],
    ['https://[2001:db8::1]', 'https://[2001:db8::2]/x'],
    // User info.
    [API, 'https://api.example.com@evil.test/users'],
    [API, 'https://api.example.com:443@evil.test/users'],
    [API, 'https://api.example.com%40evil.test/users'],
    [API, 'https://user@api.example.com/users'],
    [API, 'https://user:secret@api.example.com/users'],
    [API, 'https://:secret@api.example.com/users'],
    // Ports and schemes.
    [API, `${API}:8443/users`],
    [API, `${API}:80/users`],
    [`${API}:8443`, `${API}/users`],
    [API, 'http://api.example.com/users'],
    [API, 'http://api.example.com:443/users'],
    [API, 'ws://api.example.com/users'],
    [API, 'wss://api.example.com/users'],
    [API, 'ftp://api.example.com/users'],
    [API, 'blob:https://api.example.com/0a1b'],
    [API, 'data:text/plain,https://api.example.com/'],
    [API, 'javascript:https://api.example.com/'],
    [API, 'file:///api.example.com/'],
    [API, 'about:blank'],
    [API, 'mailto:api.example.com'],
    [API, 'view-source:https://api.example.com/'],
    [API, 'filesystem:https://api.example.com/temporary/x'],
    // URLs inside of URLs.
    [API, 'https://evil.test/?https://api.example.com/'],
    [API, 'https://evil.test/#https://api.example.com/'],
    [API, 'https://evil.test/https://api.example.com/'],
    [API, '/proxy?url=https://api.example.com/'],
    // Protocol-relative ones, with all that browsers forgive.
    ['/', '//evil.test/api'],
    ['/', '/\\evil.test/api'],
    ['/', '\\\\evil.test/api'],
    ['/', '/\t/evil.test/api'],
    ['/', '/\n/evil.test/api'],
    ['/', 'https:evil.test'.replace('https:', 'https://')],
    ['/', 'https:/\\evil.test/api'],
    // Segments.
    [`${API}/v1`, `${API}/v10`],
    [`${API}/v1`, `${API}/v1.json`],
    [`${API}/v1`, `${API}/V1`],
    [`${API}/v1`, `${API}/`],
    [`${API}/v1`, `${API}/x/v1`],
    [`${API}/v1`, `${API}/?/v1`],
    ['/api', '/apiary/x'],
    ['/api', '/shop/api'],
    ['/api', 'api'],
    // Dot segments, as they are and encoded.
    ['/api', '/api/../admin'],
    ['/api', '/api/..'],
    ['/api', '/api/%2e%2e/admin'],
    ['/api', '/api/.%2E/admin'],
    ['/api', '/api\\..\\admin'],
    ['/api', '/api/..%2fadmin'],
    ['/api', '/api/..%2Fadmin'],
    ['/api', '/api/..%5cadmin'],
    ['/api', '/api/%2e%2e%2fadmin'],
    ['/api', '/api/%2E%2E%5Cadmin'],
    ['/api', '/api/x%2f..'],
    ['/api', '/api/x%2f%2e%2f..%2fadmin'],
    ['/api', '/api%2f..%2fadmin'],
    ['/api', '/api/..%252fadmin'],
    ['/api', '/api/%252e%252e%252fadmin'],
    ['/api', '/api/%25252e%25252e/admin'],
    ['/api', '/api/%25%32%65%25%32%65%25%32%66admin'],
    ['/api', '/api/%25%32%35%32%65%25%32%35%32%65/admin'],
    ['/api', '/api/..;/admin'],
    ['/api', '/api/..;x=1/admin'],
    ['/api', '/api/%2e%2e;/admin'],
    ['/api', '/api/.;/admin'],
    ['/api', '/api/..%3Fx'],
    ['/api', '/api/..%23x'],
    ['/api', '/api/..%20/admin'],
    ['/api', '/api/%ef%bc%8e%ef%bc%8e/admin'],
    // Control characters, which servers drop, or at which they end the path.
    ['/api', '/api/.%09./admin'],
    ['/api', '/api/x%00'],
    ['/api', '/api/x%250d%250ay'],
    // No URLs.
    [API, 'https://'],
    [API, 'https://[api.example.com'],
    [API, 'http://:80'],
  ])('is out of scope of %s: %s', (rule, request) => {
    expect(matches(rule, request)).toBe(false);
  });

  it.each([
    ['http://localhost:9230', 'http://localhost:9230/api', true],
    ['http://localhost:9230', 'http://127.0.0.1:9230/api', false],
    ['http://127.0.0.1', 'http://0x7f.1/api', true],
    ['http://127.0.0.1', 'http://2130706433/', true],
    ['http://[::1]', 'http://[0:0:0:0:0:0:0:1]/api', true],
    ['http://localhost', 'https://localhost/api', false],
    ['http://localhost', 'http://localhost.evil.test', false],
  ])('to loopback may be unencrypted: %s, %s: %p', (rule, request, expected) => {
    expect(matches(rule, request)).toBe(expected);
  });

  it('from an unencrypted page gets nothing, not even to its own origin', () => {
    expect(matches('/api', '/api/users', 'http://intranet/')).toBe(false);
    expect(matches('/api', '/api/users', 'http://localhost:4200/')).toBe(true);
  });

  it('of a page without a base that counts is absolute or nothing', () => {
    expect(parseRequestUrl('/api', undefined)).toBeNull();
    expect(parseRequestUrl('//api.example.com', undefined)).toBeNull();
    expect(parseRequestUrl('https://api.example.com/x', undefined)?.href).toBe('https://api.example.com/x');
  });

  it.each([
    ['https://app.example.com/', 'https://app.example.com/api', true],
    ['https://app.example.com/shop/cart', 'https://app.example.com/shop/api', true],
    ['https://cdn.example.com/assets/', 'https://cdn.example.com/assets/api', true],
    ['https://cdn.example.com/assets/', 'https://app.example.com/assets/api', false],
  ])('is resolved against the base of the document: %s', (base, absolute, expected) => {
    const url = parseRequestUrl('api', base);

    expect(url?.href === absolute).toBe(expected);
  });
});

function hex(character: string): string {
  return `%${character.charCodeAt(0).toString(16)}`;
}

/** The same letter for some server. */
function spelledLetter(letter: string): fc.Arbitrary<string> {
  const wide = String.fromCharCode(letter.charCodeAt(0) + 0xfee0);
  return fc.oneof(
    { weight: 6, arbitrary: fc.constant(letter) },
    fc.constantFrom(letter.toUpperCase(), hex(letter), hex('%').concat(hex(letter).slice(1)), wide),
  );
}

function spelled(word: string): fc.Arbitrary<string> {
  return fc.tuple(...Array.from(word, spelledLetter)).map((letters) => letters.join(''));
}

const slash = fc.constantFrom(
  '/',
  '/',
  '//',
  '%2F',
  '%252f',
  '\\',
  '%5C',
  '/./',
  '/x/../',
  '/x%2f..%2f',
  '\uff0f',
);
const noise = fc.constantFrom(
  '',
  '',
  '',
  ';v=1',
  ';',
  '%3Bx',
  '.',
  '%2e',
  '%20',
  '+',
  '%09',
  '%00',
  ' ',
  '..',
);
const tail = fc.constantFrom(
  '',
  '/',
  '/x',
  '%2fx',
  '?x',
  '#x',
  '%3Fx',
  '%23x',
  '%253Fx/..',
  '%2523',
  '%3F/../x',
  'x',
  '.x',
);

/** Many spellings of `/api/public` and below, and of paths that only look like it. */
const spelledPath = fc
  .tuple(slash, spelled('api'), noise, slash, spelled('public'), noise, tail, noise)
  .map((parts) => parts.join(''));

/** What lenient servers do to a path, in whatever order. */
const STEPS: readonly ((path: string) => string)[] = [
  (path) => path.replace(/(?:%[\da-f]{2})+/gi, decodedOrNot),
  (path) => path.replace(/(?:%[\da-f]{2})+/gi, decodedOrNot),
  (path) => path.replace(/[?#\0].*$/s, ''),
  (path) => path.replace(/;[^/]*/g, ''),
  (path) => path.replace(/\\/g, '/'),
  (path) => path.replace(/\/{2,}/g, '/'),
  (path) => path.replace(/[\t\r\n\0]/g, ''),
  (path) => path.replace(/\+/g, ' '),
  (path) => path.replace(/[. ]+(?=\/|$)/g, ''),
  (path) => path.trim(),
  (path) => path.toLowerCase(),
  (path) => path.normalize('NFKC'),
  (path) => new URL(path.replace(/^[/\\]*/, '/'), ORIGIN).pathname,
];

const lenientReader = fc.shuffledSubarray([...STEPS, ...STEPS], { minLength: STEPS.length });

function decodedOrNot(escapes: string): string {
  try {
    return decodeURIComponent(escapes);
  } catch {
    return escapes;
  }
}

describe('whatever the request', () => {
  const RULE = 'https://api.example.com/v1';

  it('nothing outside of the listed origin and path ever matches', () => {
    fc.assert(
      fc.property(oddUrls, (request) => {
        if (!matches(RULE, request)) return;
        const sent = new URL(request, BASE);

        expect(sent.origin).toBe('https://api.example.com');
        expect([sent.username, sent.password]).toEqual(['', '']);
        const decoded = sent.pathname.replace(/%2f|%5c/gi, '/').replace(/%2e/gi, '.');
        expect(new URL(decoded, sent).pathname).toMatch(/^\/v1(\/|$)/);
      }),
      { numRuns: 2000 },
    );
  });

  it('neither parsing nor matching throws', () => {
    fc.assert(
      fc.property(oddUrls, (request) => void matches(RULE, request)),
      { numRuns: 1000 },
    );
  });

  it('nothing below a path that is denied gets a token, however a server reads the path', () => {
    const denied = parseUrlScope('/api/public', ORIGIN);
    const spelling = fc.tuple(spelledPath, lenientReader);
    let read = 0;
    fc.assert(
      fc.property(spelling, ([spelledAs, steps]) => {
        const url = parseRequestUrl(ORIGIN + spelledAs, BASE);
        if (url === null) return;
        const seen = steps.reduce((path, apply) => apply(path), url.pathname);
        if (seen !== '/api/public' && !seen.startsWith('/api/public/')) return;

        read++;
        expect(isPerhapsInScope(url, denied)).toBe(true);
      }),
      { numRuns: 5000 },
    );
    expect(read).toBeGreaterThan(100);
  });

  it('everything below the listed path matches', () => {
    const segments = fc.array(fc.stringMatching(/^[a-z0-9_~-]{1,8}$/), { maxLength: 5 });
    fc.assert(
      fc.property(segments, (path) => {
        expect(matches(RULE, [RULE, ...path].join('/'))).toBe(true);
      }),
    );
  });
});
