import { fromBase64Url, textFromBase64Url, textToBase64Url, toBase64Url } from './base64url';

describe('base64url', () => {
  it.each([
    [[], ''],
    [[251, 255, 190], '-_--'],
    [[0], 'AA'],
    [[255, 255], '__8'],
  ])('of %j is %s', (bytes, text) => {
    expect(toBase64Url(Uint8Array.from(bytes))).toBe(text);
    expect([...(fromBase64Url(text) ?? [])]).toEqual(bytes);
  });

  it.each(['+/++', 'AA==', 'AB', 'A', 'AA AA', ' AAAA', 'AAAA\n', '\u00e4AAA', '%41AA', 'AAA.'])(
    'is not %j',
    (text) => {
      expect(fromBase64Url(text)).toBeNull();
      expect(textFromBase64Url(text)).toBeNull();
    },
  );

  it.each(['alice', '', 'Ä€😀', '\ufeffalice'])('keeps the text %j', (text) => {
    expect(textFromBase64Url(textToBase64Url(text))).toBe(text);
  });

  it('of bytes that are not UTF-8 is no text', () => {
    expect(textFromBase64Url('_w')).toBeNull();
  });
});
