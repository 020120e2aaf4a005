import * as fc from 'fast-check';
import { damaged, expectCleanPrototypes, hostileValues } from '../../../testing-support/fuzz/hostile';
import { refusalBy } from '../../../testing-support/fuzz/refusal-by';
import { draws } from '../../../testing-support/property/draws';
import {
  logoutUrlOfAnswer,
  otherSessionsOfAnswer,
  readSession,
  sessionOfAnswer,
  transferable,
} from './session-answer';

afterEach(expectCleanPrototypes);

const refusal = refusalBy('invalidResponse', 'serviceError', 'refused', 'throttled');
const status = fc.constantFrom(200, 200, 200, 204, 302, 401, 403, 404, 429, 500, 503);

const CLAIMS = { sub: 'user-1', iat: 1_767_614_400, exp: 1_767_618_000, token_use: 'access' };
const SESSION = {
  accessClaims: CLAIMS,
  idClaims: { ...CLAIMS, email: 'a@b' },
  endsAt: '2026-02-01T00:00:00Z',
};

describe('the answer of the server', () => {
  it('is a session of one user with times, none, or an error', () => {
    const body = fc.oneof(hostileValues(Object.keys(SESSION)), damaged(SESSION), fc.constant(null));
    fc.assert(
      fc.property(status, body, (code, value) => {
        const found = refusal(() => sessionOfAnswer({ status: code, body: value, dateMs: NaN }));

        if (found === null) return;
        expect(code).toBe(200);
        const { accessClaims, idClaims, endsAtMs, ...more } = found;
        expect(more).toEqual({});
        expect(accessClaims.sub).toEqual(expect.stringMatching(/[^]/));
        expect(idClaims?.sub ?? accessClaims.sub).toBe(accessClaims.sub);
        for (const time of [accessClaims.iat, accessClaims.exp, (endsAtMs ?? 1000) / 1000])
          expect(new Date(time * 1000).getTime()).not.toBeNaN();
        // What a server hands over to the browser is read there as it was.
        expect(readSession(transferable(found))).toEqual(found);
      }),
      draws(300, 20_000),
    );
  });

  it('leads to a page over http or https alone', () => {
    const url = fc.oneof(
      fc.string(),
      fc.constantFrom(
        'javascript:alert(1)',
        'data:text/html,x',
        ' https://a',
        'HTTPS://a',
        '//evil',
        'https://ok',
      ),
      hostileValues(),
    );
    fc.assert(
      fc.property(
        status,
        fc.oneof(
          hostileValues(['logoutUrl']),
          url.map((logoutUrl) => ({ logoutUrl })),
        ),
        (code, body) => {
          const leads = refusal(() => logoutUrlOfAnswer({ status: code, body, dateMs: NaN }));

          if (leads !== null) expect(['http:', 'https:']).toContain(new URL(leads).protocol);
        },
      ),
      draws(300, 20_000),
    );
  });

  it('names other sessions by texts alone', () => {
    const list = fc.array(damaged({ id: 'a', isCurrent: false, createdAt: 1 }), { maxLength: 4 });
    fc.assert(
      fc.property(status, fc.oneof(list, hostileValues()), (code, body) => {
        const ids = refusal(() => otherSessionsOfAnswer({ status: code, body, dateMs: NaN })) ?? [];

        for (const id of ids) expect(typeof id).toBe('string');
      }),
      draws(200, 10_000),
    );
  });
});

describe('what a server has transferred with a page', () => {
  it('is a session of one user with times, none, or nothing, and never makes its reader throw', () => {
    const value = fc.oneof(hostileValues(Object.keys(SESSION)), damaged(SESSION));
    fc.assert(
      fc.property(value, (transferred) => {
        const found = readSession(transferred);

        if (found === undefined || found === null) return;
        expect(Object.keys(found)).toEqual(['accessClaims', 'idClaims', 'endsAtMs']);
        expect(found.endsAtMs).not.toBeNaN();
        expect(readSession(transferable(found))).toEqual(found);
      }),
      draws(300, 20_000),
    );
  });
});
