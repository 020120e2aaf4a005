import { parseOptions } from './options';

describe('parseOptions', () => {
  it('takes everything but the long suites when nothing is said', () => {
    expect(parseOptions([])).toEqual({ only: null, isFull: false });
  });

  it('reads a list of steps and the wish for long suites', () => {
    expect(parseOptions(['--only', 'unit, build', '--full'])).toEqual({
      only: ['unit', 'build'],
      isFull: true,
    });
  });

  it('refuses an unknown option', () => {
    expect(() => parseOptions(['--ful'])).toThrow('--ful');
    expect(() => parseOptions(['unit'])).toThrow('unit');
  });
});
