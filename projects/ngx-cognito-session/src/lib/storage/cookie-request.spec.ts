import * as fc from 'fast-check';
import { thrownBy } from '../../../testing-support/held-sessions';
import { draws } from '../../../testing-support/property/draws';
import { readRequestCookies } from './cookie-request';
import type { CookieStorageOptions } from './cookie-rules';
import { cookiesFor, headName } from './cookie-value';

const KEY = 'client1';
const HOST = '__Host-cognito-session.';
const PLAIN = 'cognito-session.';

interface Pair {
  readonly name: string;
  readonly value: string;
}

/** A stored session of about so many characters; its tokens are base64url. */
function sessionText(length: number, sid = 'sid-1'): string {
  const token = `eyJ${'aZ09-_'.repeat(Math.ceil(length / 6))}`.slice(0, length);
  return JSON.stringify({
    v: 1,
    sid,
    gen: 3,
    since: 1,
    tokens: { accessToken: `${token}.b.c`, idToken: token },
  });
}

function stored(
  text: string,
  {
    prefix = HOST,
    generation = '3-abc',
    room = 900,
  }: { prefix?: string; generation?: string; room?: number } = {},
): readonly Pair[] {
  return cookiesFor(headName(prefix, KEY), generation, text, room);
}

const joined = (pairs: readonly Pair[], separator = '; '): string =>
  pairs.map(({ name, value }) => `${name}=${value}`).join(separator);

function read(header: string, isHttps = false, options: CookieStorageOptions = {}): string | null {
  return readRequestCookies(options, KEY, { header, isHttps });
}

/** `undecided`: it threw, as it should where the request does not show one value. */
function outcome(header: string, isHttps = false): string | null {
  try {
    return read(header, isHttps);
  } catch (error) {
    expect(error).toMatchObject({ code: 'storageError' });
    return 'undecided';
  }
}

describe('the cookies of a request', () => {
  const TEXT = sessionText(2500);
  const cookies = stored(TEXT);
  const [first = { name: '', value: '' }] = cookies;
  const head = cookies.at(-1) ?? first;

  it('are more than one in these tests', () => {
    expect(cookies.length).toBeGreaterThan(3);
  });

  it.each([
    ['a browser sends them', joined(cookies)],
    ['separators have no white space (H1)', joined(cookies, ';')],
    ['separators have a tab (H1)', joined(cookies, ';\t')],
    ['they come in reverse', joined([...cookies].reverse())],
    ['each of them comes twice', joined([...cookies, ...cookies])],
    ['there are empty pieces', `;; ${joined(cookies, ';; ;')};`],
    ['their values are quoted', joined(cookies.map(({ name, value }) => ({ name, value: `"${value}"` })))],
    ['their values are encoded once more', joined(cookies.map(encoded))],
    ['their values are encoded twice more', joined(cookies.map(encoded).map(encoded))],
    ['their values are decoded', joined(cookies.map(decoded))],
    ['only one value is decoded', joined(cookies.map((cookie, at) => (at === 1 ? decoded(cookie) : cookie)))],
    [
      'the head is the last of a header that was joined to another one',
      `${joined([head])},theme=dark; ${joined(cookies.slice(0, -1))}`,
    ],
    ['pieces are in a header of their own', `${joined([head])}, ${joined(cookies.slice(0, -1), ',')}`],
    ['another cookie has the name in its value', `a=${head.name}; b==${head.name}=; ${joined(cookies)}`],
    [
      'pieces of an older write are left',
      joined([...stored(sessionText(2500, 'old'), { generation: '2-old' }).slice(0, -1), ...cookies]),
    ],
    [
      'the cookies of an older write are there, too',
      joined([...cookies, ...stored(sessionText(2500, 'old'), { generation: '2-old' })]),
    ],
    [
      'an older head has lost its pieces',
      joined([...cookies, ...stored(sessionText(2500, 'old'), { generation: '2-old' }).slice(-1)]),
    ],
    [
      'a newer write has only begun',
      joined([...stored(sessionText(2500, 'new'), { generation: '4-new' }).slice(0, -1), ...cookies]),
    ],
    ['the name is there with a value that is no head', `${head.name}=deleted; ${joined(cookies)}`],
    [
      'cookies with other prefixes are there',
      joined([
        ...stored('a', { prefix: 'x.' }),
        ...stored('b', { prefix: PLAIN }),
        ...stored('c', { prefix: `x${HOST}` }),
        ...cookies,
      ]),
    ],
    [
      'cookies of another app client are there',
      joined([
        { name: `${HOST}client2`, value: '9-x.1.y' },
        { name: `${HOST}client11`, value: '9-x.1.y' },
        ...cookies,
      ]),
    ],
  ])('are read as they were stored when %s', (_, header) => {
    expect(read(header)).toBe(TEXT);
  });

  it.each([
    ['a piece is missing (H2)', joined(cookies.filter((cookie) => cookie !== first))],
    ['the head is missing', joined(cookies.filter((cookie) => cookie !== head))],
    ['only one piece arrived', joined([first])],
    ['only the head arrived', joined([head])],
    [
      'a piece is of an older write',
      joined([...cookies.slice(1), { ...first, name: first.name.replace('3-abc', '2-old') }]),
    ],
    ['a piece is there with two values', joined([...cookies, { ...first, value: 'other' }])],
    [
      'two heads have the same number',
      joined([...cookies, ...stored(sessionText(2500, 'other'), { generation: '3-xyz' })]),
    ],
    [
      'a newer head has no pieces',
      joined([...cookies, ...stored(sessionText(2500, 'new'), { generation: '4-new' }).slice(-1)]),
    ],
    ['the head is not readable', `${head.name}=garbage`],
    ['the head is cut', `${head.name}=3-ab`],
    ['the head counts too many pieces', `${head.name}=3-abc.99.x`],
    // A sibling host can write such a value, but not the cookie that it imitates.
    [
      'the head may be part of the value of another cookie',
      `theme=dark,${joined([head])}; ${joined(cookies.slice(0, -1))}`,
    ],
    ['only another value contains the session', `theme=dark,${joined(stored(sessionText(10)))}`],
  ])('do not tell which session it is when %s', (_, header) => {
    expect(outcome(header)).toBe('undecided');
  });

  it('do not tell names or values when they are refused', () => {
    const error = thrownBy(() => read(joined([head])));

    expect(JSON.stringify([error, String(error)])).not.toMatch(/eyJ|3-abc|client1/);
  });

  it('keep a value that another cookie imitates after a comma', () => {
    const forged = stored(sessionText(10, 'forged'), { generation: '9-x' });

    expect(read(`theme=dark,${joined(forged)}; ${joined(cookies)}`)).toBe(TEXT);
  });

  it.each([
    '',
    'theme=dark',
    `x${HOST}client1=3-abc.1.x`,
    `${HOST}client1x=3-abc.1.x`,
    `${HOST}client1.extra=x`,
    `${HOST}client1=`,
  ])('hold no session in %j', (header) => {
    expect(read(header)).toBeNull();
  });

  it('are those of a page on http where none is of a page on https', () => {
    const plain = joined(stored(TEXT, { prefix: PLAIN }));

    expect([read(plain), read(plain, true)]).toEqual([TEXT, null]);
  });

  it('may follow a comma on http, where a sibling host can write them anyway', () => {
    expect(read(`theme=dark, ${joined(stored(TEXT, { prefix: PLAIN }), ', ')}`)).toBe(TEXT);
  });

  it('have the prefix of the app', () => {
    const header = joined(stored(TEXT, { prefix: 'mine.' }));

    expect([read(header, true, { prefix: 'mine.' }), read(header, true)]).toEqual([TEXT, null]);
  });
});

describe('a proxy that rewrites cookies', () => {
  const other = fc.record({
    name: fc.constantFrom(
      'theme',
      '_ga',
      'SID',
      'cognito-session',
      'cognito-session.',
      `${PLAIN}client2`,
      'x__Host-cognito-session.client1',
    ),
    value: fc.constantFrom(
      '',
      '1',
      'a=b',
      '"q"',
      'a%2Cb',
      '{"a":1,"b":[2]}',
      '%',
      '%E0%A4%A',
      'é',
      '3-abc.1.x',
    ),
  });
  const separator = fc.constantFrom(';', '; ', ';\t', ' ; ', ';;', '; ; ');
  const rewriting = fc.constantFrom((pair: Pair) => pair, quoted, encoded, decoded);
  const written = fc.record({
    text: fc.integer({ min: 1, max: 4500 }).map((length) => sessionText(length)),
    room: fc.integer({ min: 800, max: 3900 }),
    others: fc.array(other, { maxLength: 5 }),
    separators: fc.array(separator, { minLength: 40, maxLength: 40 }),
    rewrite: rewriting,
    order: fc.array(fc.nat(), { minLength: 30, maxLength: 30 }),
  });

  interface Rewriting {
    readonly others: readonly Pair[];
    readonly separators: readonly string[];
    readonly rewrite: (pair: Pair) => Pair;
    readonly order: readonly number[];
  }

  function header(own: readonly Pair[], { others, separators, rewrite, order }: Rewriting): string {
    const all = [...own.map(rewrite), ...others];
    return all
      .map((pair, at) => ({ pair, rank: order[at] ?? 0 }))
      .sort((a, b) => a.rank - b.rank)
      .reduce(
        (text, { pair }, at) =>
          `${text}${at === 0 ? '' : (separators[at] ?? '; ')}${pair.name}=${pair.value}`,
        '',
      );
  }

  it('changes nothing of the session', () => {
    fc.assert(
      fc.property(written, ({ text, room, ...how }) => {
        expect(outcome(header(stored(text, { room }), how))).toBe(text);
      }),
      draws(300, 20_000),
    );
  });

  it('never makes the server read a part of it, or a mix, or no session, when it drops cookies', () => {
    fc.assert(
      fc.property(
        written,
        fc.array(fc.boolean(), { minLength: 30, maxLength: 30 }),
        ({ text, room, ...how }, kept) => {
          const own = stored(text, { room });
          const arrived = own.filter((_, at) => kept[at]);
          fc.pre(arrived.length < own.length);
          const older = stored(sessionText(3000, 'old'), { generation: '2-old', room }).slice(0, -1);

          expect(outcome(header([...arrived, ...older], how))).toBe('undecided');
        },
      ),
      draws(300, 20_000),
    );
  });

  it('never makes the server throw anything else, whatever the header is', () => {
    const anything = fc.oneof(
      fc.string(),
      fc
        .array(fc.constantFrom(`${HOST}client1`, '=', ';', ',', '"', '3-abc', '.', '2', '%', 'eyJ', ' '))
        .map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(anything, fc.boolean(), (text, isHttps) => {
        outcome(text, isHttps);
      }),
      draws(500, 50_000),
    );
  });
});

function quoted({ name, value }: Pair): Pair {
  return { name, value: `"${value}"` };
}

function encoded({ name, value }: Pair): Pair {
  return { name, value: encodeURIComponent(value) };
}

/** As proxies do: an escape that is cut stays. */
function decoded({ name, value }: Pair): Pair {
  return {
    name,
    value: value.replace(/%([0-7][\dA-F])/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))),
  };
}
