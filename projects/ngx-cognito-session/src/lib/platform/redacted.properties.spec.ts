import * as fc from 'fast-check';
import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import ts from 'typescript';
import { draws } from '../../../testing-support/property/draws';
import { sanitizeCause } from '../errors/sanitize-cause';
import { redactedText } from './redacted';

const SOURCES = resolve('projects/ngx-cognito-session');

/** Every text of the library that is a sentence: its messages are among them. */
function sentencesIn(source: string): readonly string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node) && /^\S+ \S+ .*\S$/.test(node.text)) found.push(node.text);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile('source.ts', source, ts.ScriptTarget.Latest));
  return found;
}

const sentences = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' })
  .filter((name) => /src\/lib\/.*\.ts$/.test(name) && !name.includes('.spec.'))
  .flatMap((name) => sentencesIn(readFileSync(resolve(SOURCES, name), 'utf8')));

/** What messages consist of, also beside words that introduce a token. */
const word = fc.constantFrom(
  ...new Set(sentences.flatMap((sentence) => sentence.split(' '))),
  ...['invalidToken:', 'token:', 'Token:', 'bearer', 'Basic', 'authorization:', 'refreshTokenExpired:'],
  ...['FeatureUnavailableInTierException', 'GetTokensFromRefreshToken', 'AWSCognitoIdentityProviderService'],
  ...[
    '/api/v1/customers/orders/2026/11/42',
    'https://cognito-idp.eu-west-1.amazonaws.com/',
    'misconfiguration',
    '7k2m9p4q8r1s5t3u6v0w2x4y8z',
    'eu-west-1_AbCdEf123',
    '0a1b2c3d-4e5f-6789-abcd-ef0123456789',
    'role/Cognito_AppAuth_Role-1A2B3C4D5E6F',
    '/assets/app/chunk-5Q3RT7WB.js',
  ],
);
/** Behind the name of a token, a word with a digit counts as a token: no sentence of the library has one there. */
const LIKE_TOKEN = /(?:bearer|basic|token:|authorization:) \S*\d/i;
const prose = fc
  .array(word, { maxLength: 6 })
  .map((words) => words.join(' '))
  .filter((text) => !LIKE_TOKEN.test(text));

const BASE64_URL = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
/** Ends with a letter: whether a hyphen at the end is part of a token depends on what follows. */
const part = (minLength: number) =>
  fc
    .array(fc.integer({ min: 0, max: 63 }), { minLength, maxLength: minLength + 60 })
    .map((digits) => `${digits.map((digit) => BASE64_URL.charAt(digit)).join('')}k`);
const header = part(8).map((text) => `eyJ${text}`);
const token = fc.oneof(
  fc.tuple(header, header, part(20)).map((parts) => parts.join('.')),
  fc.tuple(header, part(16), part(12), part(16), part(12)).map((parts) => parts.join('.')),
  // By chance a header in it would be found first, and the text before it would stay.
  fc
    .tuple(part(40), part(8))
    .map(([text, end]) => `0${text}0${end}`)
    .filter((text) => !text.includes('eyJ')),
);
const beside = fc.constantFrom(
  ...([
    ['', ''],
    ['"', '"'],
    ['(', ').'],
    ['Bearer ', ','],
    ['token: ', '.'],
    ['{"RefreshToken":"', '","n":1}'],
    ['/token?refresh_token=', '&client_id=c1'],
    ['https://app.example.com/callback/', '/orders/42'],
    ["'", "'; no more"],
  ] as const),
);

const redactions: Readonly<Record<string, (text: string) => string>> = {
  'the logger': redactedText,
  'the cause of an error': (text) => sanitizeCause(new Error(text)).message,
};

describe.each(Object.entries(redactions))('the redaction of %s', (_, redact) => {
  it('finds the sentences of the library', () => {
    expect(sentences).toContain('The user is not signed in.');
    expect(sentences.length).toBeGreaterThan(100);
  });

  it('leaves every sentence of the library as it is, behind every code', () => {
    const messages = sentences.flatMap((text) => [text, `invalidToken: ${text}`, `authorization: ${text}`]);

    expect(messages.filter((text) => redact(text) !== text)).toEqual([]);
  });

  it('leaves words as they are, in every order', () => {
    fc.assert(
      fc.property(prose, (text) => {
        expect(redact(text)).toBe(text);
      }),
      draws(300, 10_000),
    );
  });

  it('removes a token, and nothing beside it', () => {
    fc.assert(
      fc.property(prose, beside, token, prose, (before, [left, right], secret, after) => {
        expect(redact(`${before} ${left}${secret}${right} ${after}`)).toBe(
          `${before} ${left}[redacted]${right} ${after}`,
        );
      }),
      draws(300, 10_000),
    );
  });
});
