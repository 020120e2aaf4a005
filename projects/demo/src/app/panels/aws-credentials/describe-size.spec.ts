import { describeSize } from './describe-size';

describe('describeSize', () => {
  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [1000, '1.0 kB'],
    [1_234_567, '1.2 MB'],
    [5_000_000_000, '5.0 GB'],
  ])('shows %d bytes as %s', (bytes, text) => {
    expect(describeSize(bytes)).toBe(text);
  });
});
