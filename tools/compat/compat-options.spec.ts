import { parseCompatOptions } from './compat-options';

describe('the options of the compatibility tests', () => {
  it('mean everything if there are none', () => {
    expect(parseCompatOptions([])).toEqual({ majors: ['21', '22'], isBuildOnly: false });
  });

  it('name the majors, and leave out tests and rendering', () => {
    expect(parseCompatOptions(['--angular', '22', '--build-only'])).toEqual({
      majors: ['22'],
      isBuildOnly: true,
    });
  });

  it.each([['--angular', '12'], ['--fast'], ['22']])('know no %s %s', (...args) => {
    expect(() => parseCompatOptions(args)).toThrow();
  });
});
