import { draws } from '../../../testing-support/property/draws';
import * as fc from 'fast-check';
import { SessionError } from '../errors/session-error';
import { consoleLogger } from './session-logger';

const BASE64_URL = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const part = (minLength: number) => {
  const length = { minLength, maxLength: minLength + 60 };
  return fc
    .array(fc.integer({ min: 0, max: 63 }), length)
    .map((digits) => digits.map((digit) => BASE64_URL.charAt(digit)).join(''));
};
const header = part(8).map((text) => `eyJ${text}`);

const token = fc.oneof(
  fc.tuple(header, header, part(20)).map((parts) => parts.join('.')),
  fc.tuple(header, part(16), part(12), part(16), part(12)).map((parts) => parts.join('.')),
  part(40),
);

/** Ways in which a token comes to a logger: in a text, or as a value, somewhere in a structure. */
const carriers: readonly ((secret: string) => unknown)[] = [
  (secret) => secret,
  (secret) => `Bearer ${secret}`,
  (secret) => ({ headers: { Authorization: `Bearer ${secret}` } }),
  (secret) => JSON.stringify({ AuthenticationResult: { RefreshToken: secret } }),
  (secret) => `https://auth.example.com/oauth2/token?refresh_token=${secret}&client_id=c1`,
  (secret) => ({ [secret]: true }),
  (secret) => [['Authorization', `Bearer ${secret}`]],
  (secret) => new Map([[secret, secret]]),
  (secret) => new Set([secret]),
  (secret) => new Error(`refused: ${secret}`),
  (secret) => Object.assign(new Error('refused'), { config: { data: secret }, stack: secret, name: secret }),
  (secret) => new Error('refused', { cause: new Error(secret) }),
  (secret) => new SessionError('serviceError', secret, { cause: new Error(secret) }),
  (secret) => Symbol(secret),
  (secret) => Object.assign(() => null, { secret }),
];

const message = fc.string({ maxLength: 30 });

/** What a console could show: hidden properties, symbols and functions as well. */
function everythingIn(value: unknown, seen = new Set<unknown>()): readonly string[] {
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null) return [String(value)];
  if (seen.has(value)) return [];
  seen.add(value);
  const inside = value instanceof Map || value instanceof Set ? [...value] : [];
  return [
    ...Reflect.ownKeys(value).flatMap((key) => [
      String(key),
      ...everythingIn(Reflect.get(value, key) as unknown, seen),
    ]),
    ...inside.flatMap((entry) => everythingIn(entry, seen)),
  ];
}

describe('the console logger', () => {
  const written: unknown[][] = [];
  const original = { ...console };

  beforeEach(() => {
    written.length = 0;
    for (const level of ['debug', 'warn', 'error'])
      Object.assign(console, { [level]: (...line: unknown[]) => written.push(line) });
  });

  afterEach(() => {
    Object.assign(console, original);
  });

  it('never shows a token, whatever it is given', () => {
    const carrier = fc.constantFrom(...carriers);
    const path = fc.array(fc.constantFrom('details', 'response', 'list', '0'), { maxLength: 6 });

    fc.assert(
      fc.property(token, carrier, path, message, message, (secret, carry, names, before, after) => {
        written.length = 0;
        const logger = consoleLogger();
        const details = names.reduce(
          (inner: unknown, name) => ({ [name]: inner, [`${name}s`]: [inner] }),
          carry(secret),
        );

        logger.debug(`${before}${secret}${after}`);
        logger.warn('A warning.', { details });
        logger.error('An error.', details as object);

        expect(written).toHaveLength(3);
        const shown = written.flatMap((line) => everythingIn(line));
        expect(shown.filter((text) => secret.split('.').some((piece) => text.includes(piece)))).toEqual([]);
      }),
      draws(100, 3000),
    );
  });

  it('is looked at by a test that finds tokens', () => {
    for (const carry of carriers)
      expect(everythingIn([carry('eyJhbGciOiJub25lIn0')]).join()).toContain('eyJhbGciOiJub25lIn0');
  });
});
