import { fromCookieValue, isSecretHash, newSessionSecret, randomText, toCookieValue } from './session-secret';

const SECRET = 'A'.repeat(43);
const valueOf = (sub: string) => `${Buffer.from(sub).toString('base64url')}.${SECRET}`;

describe('the value of a session cookie', () => {
  it('names the user and the secret that it was made from', async () => {
    const secret = await newSessionSecret('alice');

    expect(await fromCookieValue(toCookieValue(secret))).toEqual(secret);
  });

  it('has the SHA-256 of its secret as hash', async () => {
    expect(await fromCookieValue(valueOf('alice'))).toMatchObject({
      sub: 'alice',
      sidHash: 'Zmh6rfhivXdsj8GLjp-OIAiXFIVu4jOzkCpZHQ1fKSU',
    });
  });

  it('is another one each time', async () => {
    const [first, second] = [await newSessionSecret('alice'), await newSessionSecret('alice')];

    expect(first.sidHash).not.toBe(second.sidHash);
    expect(randomText()).not.toBe(randomText());
  });

  it('may name a user of up to 128 characters', async () => {
    expect(await fromCookieValue(valueOf('x'.repeat(128)))).toMatchObject({ sub: 'x'.repeat(128) });
    expect(await fromCookieValue(valueOf('x'.repeat(129)))).toBeNull();
  });

  it.each([
    '',
    '.',
    'YQ',
    'YQ.',
    `.${SECRET}`,
    `YQ.${SECRET}.`,
    `YQ.${SECRET}A`,
    `YQ.${SECRET.slice(1)}`,
    `ä.${SECRET}`,
  ])('is not %j', async (value) => {
    expect(await fromCookieValue(value)).toBeNull();
  });
});

describe('isSecretHash', () => {
  it.each([
    [SECRET, true],
    [SECRET.slice(1), false],
    [`${SECRET}A`, false],
    ['x', false],
    ['', false],
  ])('%j: %s', (text, is) => {
    expect(isSecretHash(text)).toBe(is);
  });
});
