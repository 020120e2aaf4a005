import { hintMessage, readHint, type TabHint } from './tab-hint';

const SIGNED_OUT = { type: 'signedOut', sid: 'a', gen: 3 } as const;

describe('a hint', () => {
  it.each<TabHint>([
    { type: 'changed' },
    { type: 'signedOut', sid: 'a' },
    { type: 'signedOut', sid: 'a', reason: 'idle' },
    SIGNED_OUT,
  ])('is read as it was sent: %j', (hint) => {
    const message: unknown = structuredClone(hintMessage(hint));

    expect(readHint(message)).toStrictEqual(hint);
  });

  it('ends a session without a reason that it does not know', () => {
    expect(readHint({ v: 1, ...SIGNED_OUT, reason: 'boredom' })).toStrictEqual(SIGNED_OUT);
  });

  it('carries its version', () => {
    expect(hintMessage({ type: 'changed' })).toStrictEqual({ v: 1, type: 'changed' });
  });

  it('passes on nothing that does not belong to it', () => {
    const message = { v: 1, ...SIGNED_OUT, tokens: { accessToken: 'x' } };

    expect(readHint(message)).toStrictEqual(SIGNED_OUT);
    expect(readHint({ v: 1, type: 'changed', sid: 'a', gen: 1 })).toStrictEqual({ type: 'changed' });
  });
});

describe('a message that is not a hint', () => {
  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['null', null],
    ['a text', 'signedOut'],
    ['a number', 7],
    ['a boolean', true],
    ['an array', []],
    ['an empty object', {}],
    ['a function', () => SIGNED_OUT],
  ])('is ignored: %s', (_, message) => {
    expect(readHint(message)).toBeNull();
  });

  it.each([undefined, null, '1', 1.5, NaN, Infinity, {}])('is ignored, because its version is %p', (v) => {
    expect(readHint({ ...SIGNED_OUT, v })).toBeNull();
    expect(readHint({ type: 'changed', v })).toBeNull();
  });

  it.each([undefined, null, '', 'tokens', 'constructor', 7, { type: 'changed' }])(
    'is ignored, because its type is %p',
    (type) => {
      expect(readHint({ v: 1, type, sid: 'a' })).toBeNull();
    },
  );

  it.each<[string, unknown]>([
    ['is missing', undefined],
    ['is null', null],
    ['is empty', ''],
    ['is a number', 7],
    ['only becomes a text', { toString: () => 'a' }],
    ['is too long to be ours', 'a'.repeat(129)],
  ])('is ignored, because the sid of its sign-out %s', (_, sid) => {
    expect(readHint({ v: 1, type: 'signedOut', sid })).toBeNull();
  });
});

describe('the hint of a sign-out', () => {
  it('may have a sid of 128 characters', () => {
    const sid = 'a'.repeat(128);

    expect(readHint({ v: 1, type: 'signedOut', sid })).toStrictEqual({ type: 'signedOut', sid });
  });

  it.each([undefined, null, '3', 1.5, NaN, Infinity, {}])(
    'is obeyed without its generation if that is %p',
    (gen) => {
      expect(readHint({ v: 1, type: 'signedOut', sid: 'a', gen })).toStrictEqual({
        type: 'signedOut',
        sid: 'a',
      });
    },
  );

  it.each([0, 2, 99, -1])('is obeyed, although the version of its sender is %d', (v) => {
    expect(readHint({ ...SIGNED_OUT, v })).toStrictEqual(SIGNED_OUT);
  });
});

describe('the hint of a change', () => {
  it.each([0, 2, 99, -1])('is ignored if the version of its sender is %d', (v) => {
    expect(readHint({ v, type: 'changed' })).toBeNull();
  });
});
