import { fromBase32, toBase32 } from '../crypto/base32';
import { utf8 } from '../crypto/bytes';
import { stepOfCode, totpCode } from './totp';

/** The secret of RFC 6238, appendix B. */
const SECRET = utf8('12345678901234567890');

describe('codes by time', () => {
  it.each([
    [59, '94287082'],
    [1_111_111_109, '07081804'],
    [1_111_111_111, '14050471'],
    [1_234_567_890, '89005924'],
    [2_000_000_000, '69279037'],
    [20_000_000_000, '65353130'],
  ])('are those of RFC 6238 at %d s', async (seconds, code) => {
    expect(await totpCode(SECRET, seconds * 1000, 8)).toBe(code);
    expect(await totpCode(SECRET, seconds * 1000)).toBe(code.slice(2));
  });

  it('may be one step early or late, and no more', async () => {
    const now = 1_111_111_109_000;
    const steps = [-2, -1, 0, 1, 2].map(async (away) =>
      stepOfCode(SECRET, await totpCode(SECRET, now + away * 30_000), now),
    );

    expect(await Promise.all(steps)).toEqual([undefined, 37_037_035, 37_037_036, 37_037_037, undefined]);
  });
});

describe('Base32', () => {
  it.each([
    ['', ''],
    ['f', 'MY'],
    ['fo', 'MZXQ'],
    ['foo', 'MZXW6'],
    ['foob', 'MZXW6YQ'],
    ['fooba', 'MZXW6YTB'],
    ['foobar', 'MZXW6YTBOI'],
  ])('of RFC 4648: %s', (text, encoded) => {
    expect(toBase32(utf8(text))).toBe(encoded);
    expect(fromBase32(encoded)).toEqual(utf8(text));
  });

  it('is read as people type it, and refused if it is none', () => {
    expect(fromBase32('mzxw 6ytb oi======')).toEqual(utf8('foobar'));
    expect(() => fromBase32('MZXW1')).toThrow('Not Base32: 1');
  });
});
