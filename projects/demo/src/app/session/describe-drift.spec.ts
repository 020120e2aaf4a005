import { describeDrift } from './describe-drift';

describe('describeDrift', () => {
  it.each([
    [0, 'right to the second'],
    [-0.9, 'right to the second'],
    [120, '120.0 s behind the server'],
    [-3.25, '3.3 s ahead of the server'],
  ])('calls a drift of %d s "%s"', (seconds, text) => {
    expect(describeDrift(seconds)).toBe(text);
  });
});
