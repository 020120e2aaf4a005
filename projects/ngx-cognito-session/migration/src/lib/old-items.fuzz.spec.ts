import * as fc from 'fast-check';
import { expectCleanPrototypes, hostileTexts, hostileValues } from '../../../testing-support/fuzz/hostile';
import { draws } from '../../../testing-support/property/draws';
import { layoutPrefix, readLayout } from './cognito-layout';
import { cookieItems } from './cookie-items';
import { holdsToken, tokenTexts } from './token-texts';

afterEach(expectCleanPrototypes);

const PREFIX = layoutPrefix('client1');

describe('the items of another library', () => {
  const user = fc.constantFrom('alice', 'a.b', '__proto__', 'LastAuthUser', '');
  const field = fc.constantFrom('accessToken', 'idToken', 'refreshToken', 'deviceKey', 'clockDrift');
  const name = fc.oneof(
    fc.constant(`${PREFIX}LastAuthUser`),
    fc.tuple(user, field).map((parts) => PREFIX + parts.join('.')),
    fc.tuple(user, field).map((parts) => layoutPrefix('another') + parts.join('.')),
    fc.constantFrom('__proto__', 'constructor'),
  );
  const items = fc.array(fc.tuple(name, fc.oneof(user, hostileTexts())), { maxLength: 12 });

  it('are the session of the user who signed in last, item by item, or none', () => {
    fc.assert(
      fc.property(items, fc.option(user, { nil: undefined }), (entries, defaultUser) => {
        const map = new Map(entries);
        const tokens = readLayout(map, 'client1', defaultUser);

        const last = map.get(`${PREFIX}LastAuthUser`) ?? defaultUser;
        if (tokens === null) return;
        for (const [key, value] of Object.entries(tokens)) {
          expect(value).not.toBe('');
          if (value !== undefined) expect(value).toBe(map.get(`${PREFIX}${last ?? ''}.${key}`));
        }
        expect(typeof tokens.accessToken).toBe('string');
      }),
      draws(300, 20_000),
    );
  });

  it('are read from any cookies, and never make their reader throw', () => {
    const pair = fc.tuple(
      fc.oneof(name, hostileTexts()),
      fc.oneof(hostileTexts(), fc.constantFrom('%', '%E0%A4%A', '"', '""')),
    );
    fc.assert(
      fc.property(fc.array(pair, { maxLength: 5 }), (pairs) => {
        const cookie = pairs.map(([key, value]) => `${key}=${value}`).join('; ');

        const found = cookieItems({ cookie } as Document).read();

        expect(found.size).toBeLessThanOrEqual(cookie.split('; ').length);
      }),
      draws(200, 10_000),
    );
  });
});

describe('the tokens of an input', () => {
  it('are its texts alone, and never make their reader throw', () => {
    fc.assert(
      fc.property(hostileValues(['accessToken', 'refresh_token', 'IdToken']), (input) => {
        fc.pre(input !== null && input !== undefined);

        const tokens = tokenTexts(input);

        for (const token of tokens) expect(token).toEqual(expect.stringMatching(/[^]/));
        expect(holdsToken('', tokens)).toBe(false);
      }),
      draws(200, 10_000),
    );
  });
});
