import { isAtLeast } from './is-at-least';

describe('isAtLeast', () => {
  it.each([
    ['24.15.0', '24.15.0', true],
    ['24.15.1', '24.15.0', true],
    ['26.0.0', '24.15.0', true],
    ['24.9.9', '24.15.0', false],
    ['20.20.2', '24.15.0', false],
    ['24.15.0', '24.15.1', false],
  ])('%s and %s: %s', (version, minimum, expected) => {
    expect(isAtLeast(version, minimum)).toBe(expected);
  });
});
