import { publicFields } from './public-fields';

describe('publicFields', () => {
  it('makes a package without a public address one that npm refuses to publish', () => {
    expect(publicFields('')).toEqual({ private: true });
  });

  it('derives every address from the public one', () => {
    expect(publicFields('https://git.example/owner/name')).toEqual({
      repository: { type: 'git', url: 'git+https://git.example/owner/name.git' },
      homepage: 'https://git.example/owner/name#readme',
      bugs: { url: 'https://git.example/owner/name/issues' },
    });
  });
});
