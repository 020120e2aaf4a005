import { decodeFully } from './decode-fully';

describe('a text without its escapes', () => {
  it.each([
    ['plain/path', 'plain/path'],
    ['%2e%2E%2f', '../'],
    ['%252e', '.'],
    ['%25252e', '.'],
    // A decoded character is part of another escape.
    ['%%32e', '.'],
    ['%2%65', '.'],
    ['%00x', '\0x'],
    ['%7f', '\x7f'],
    ['%', '%'],
    ['%2', '%2'],
    ['%zz%2e', '%zz.'],
    ['2e', '2e'],
    // Other characters than those of ASCII stay encoded.
    ['%80%ff', '%80%ff'],
    ['%c3%a9', '%c3%a9'],
    ['\ud83d\ude00%2e', '\ud83d\ude00.'],
    ['\ufeff%2e', '\ufeff.'],
  ])('of %j is %j', (text, expected) => {
    expect(decodeFully(text)).toBe(expected);
  });

  it('leaves characters below a code encoded, and decodes that one', () => {
    expect(decodeFully('%1f%20%21', 0x20)).toBe('%1f !');
  });
});
