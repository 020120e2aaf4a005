import { majorsOf } from './compat-options';

describe('the options of the compatibility tests', () => {
  it('mean everything if there are none', () => {
    expect(majorsOf([])).toEqual(['21', '22']);
  });

  it('name the majors', () => {
    expect(majorsOf(['--angular', '22'])).toEqual(['22']);
  });

  it.each([['--angular', '12'], ['--fast'], ['22']])('know no %s %s', (...args) => {
    expect(() => majorsOf(args)).toThrow();
  });
});
