import { describeRemaining } from './describe-remaining';

describe('describeRemaining', () => {
  it.each([
    [0, '0:00'],
    [-5000, '0:00'],
    [1, '0:01'],
    [59_000, '0:59'],
    [59_001, '1:00'],
    [299_000, '4:59'],
    [3_600_000, '1:00:00'],
    [86_399_000, '23:59:59'],
  ])('shows %d ms as %s', (ms, text) => {
    expect(describeRemaining(ms)).toBe(text);
  });
});
