import { releaseArguments } from './release-arguments';

describe('releaseArguments', () => {
  it.each([[[]], [['some-tag', 'version-1']]])(
    'keeps the version of package.json for the first release, with tags %j',
    (tags) => {
      expect(releaseArguments(['--ci'], tags)).toEqual(['--no-increment', '--ci']);
    },
  );

  it('leaves the next version to the commits once a version is tagged', () => {
    expect(releaseArguments(['--ci'], ['v0.1.0'])).toEqual(['--ci']);
  });

  it.each(['1.0.0', '1.0.0-beta.1', '--no-increment'])(
    'leaves the first version alone if %s is said',
    (said) => {
      expect(releaseArguments([said], [])).toEqual([said]);
    },
  );
});
