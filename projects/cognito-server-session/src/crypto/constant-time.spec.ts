import { isEqualInConstantTime } from './constant-time';

describe('isEqualInConstantTime', () => {
  it.each([
    ['', '', true],
    ['abc', 'abc', true],
    ['abc', 'abd', false],
    ['abc', 'xbc', false],
    ['abc', 'ab', false],
    ['ab', 'abc', false],
    ['', 'a', false],
    ['a\0', 'a', false],
    ['a', 'a\0', false],
  ])('%j and %j: %s', (a, b, isEqual) => {
    expect(isEqualInConstantTime(a, b)).toBe(isEqual);
  });
});
