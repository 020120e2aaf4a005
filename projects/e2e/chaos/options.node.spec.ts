import { readOptions } from './options';

describe('the options of a chaos run', () => {
  it('have defaults, and a seed of the moment', () => {
    expect(readOptions([], 1_234_567)).toEqual({
      ...{ minutes: 10, seed: 234_567, pages: 5, users: 3 },
      ...{ episode: null, untilStep: null, isVerbose: false },
    });
  });

  it('name an episode to repeat', () => {
    expect(readOptions(['--seed', '7', '--episode', '12', '--until-step', '40'], 0)).toMatchObject({
      seed: 7,
      episode: 12,
      untilStep: 40,
    });
  });

  it.each([
    ['--minutes', '0'],
    ['--minutes', 'soon'],
    ['--seed', '1.5'],
    ['--pages', '0'],
    ['--users', ''],
    ['--hours', '1'],
  ])('refuse %s %s', (name, value) => {
    expect(() => readOptions([name, value], 0)).toThrow(name);
  });
});
