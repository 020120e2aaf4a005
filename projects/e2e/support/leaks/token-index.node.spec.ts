import { randomBytes } from 'node:crypto';
import { runsIn, SHORTEST_SLICE, TokenIndex } from './token-index';

const part = (value: object | string) =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');
const SIGNATURE = randomBytes(256);
const HEADER = part({ kid: 'a-key-of-the-pool', alg: 'RS256' });
const PAYLOAD = part({ sub: 'a-user', token_use: 'access', jti: randomBytes(16).toString('hex') });
const ACCESS = `${HEADER}.${PAYLOAD}.${SIGNATURE.toString('base64url')}`;
const REFRESH = [
  'eyJjdHkiOiJKV1QifQ',
  ...[342, 16, 800, 22].map((n) => randomBytes(n).toString('base64url')),
].join('.');
const OPAQUE = randomBytes(60).toString('base64url');

const index = new TokenIndex();
for (const token of [ACCESS, REFRESH, OPAQUE]) index.add(token);

const leaks = (text: string) => index.leaksIn(runsIn(text));

describe('the search for tokens', () => {
  const tokens = [ACCESS, REFRESH, OPAQUE];
  const secret = (token: string) => token.slice(token.indexOf('.') + 1);

  it.each<readonly [string, (token: string) => string]>([
    ['whole', (token) => `Bearer ${token}`],
    ['in JSON', (token) => JSON.stringify({ text: { token } })],
    ['URL-encoded', (token) => `https://a.test/?x=${encodeURIComponent(`a b/${token}`)}`],
    ['URL-encoded twice', (token) => encodeURIComponent(encodeURIComponent(`"${token}"`))],
    [
      'URL-encoded in every character',
      (token) => Array.from(token, (c) => `%${c.charCodeAt(0).toString(16)}`).join(''),
    ],
    ['in base64', (token) => Buffer.from(token).toString('base64')],
    ['in base64 behind another text', (token) => Buffer.from(`ab${token}`).toString('base64')],
    ['in base64url behind another text', (token) => Buffer.from(`a${token}`).toString('base64url')],
    ['in hex', (token) => Buffer.from(token).toString('hex')],
    ['cut', (token) => `${token.slice(0, token.length - 20)}…`],
  ])('finds one that is %s', (_, write) => {
    for (const token of tokens) expect(leaks(`before ${write(token)} after`)).not.toEqual([]);
  });

  it('finds every slice of a token that is long enough', () => {
    for (const token of tokens)
      for (let at = 0; at + SHORTEST_SLICE <= secret(token).length; at += 7) {
        const slice = secret(token).slice(at, at + SHORTEST_SLICE);
        // A slice across a point has a shorter part on each side.
        if (!slice.includes('.')) expect(leaks(`<b>${slice}</b>`)).toEqual([slice]);
      }
  });

  it('finds a signature in another alphabet', () => {
    expect(leaks(SIGNATURE.toString('base64'))).not.toEqual([]);
    expect(leaks(SIGNATURE.toString('hex'))).not.toEqual([]);
  });

  it('finds a JWT that no Cognito has issued', () => {
    expect(leaks(`${part({ alg: 'none' })}.${part({ sub: 'x' })}.`)).not.toEqual([]);
  });

  it.each([
    ['a header', HEADER],
    ['claims', Buffer.from(PAYLOAD, 'base64url').toString()],
    ['another random text', randomBytes(200).toString('base64')],
    ['an address', 'https://app.example.com/orders/0123456789abcdef0123456789abcdef?sort=by-date'],
    ['a source map', `data:application/json;base64,${part({ version: 3, sources: ['a.ts'] })}`],
  ])('takes no harm for a leak: %s', (_, text) => {
    expect(leaks(text)).toEqual([]);
  });
});
