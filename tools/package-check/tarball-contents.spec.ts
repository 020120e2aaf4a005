import type { PublishedManifest } from '../published-package';
import { describeContents } from './tarball-contents';

const manifest: PublishedManifest = {
  name: 'some-library',
  version: '1.2.3',
  exports: {
    '.': { types: './types/some-library.d.ts', default: './fesm2022/some-library.mjs' },
    './lifetime': {
      types: './types/some-library-lifetime.d.ts',
      default: './fesm2022/some-library-lifetime.mjs',
    },
  },
};

describe('the contents of the tarball', () => {
  it('are listed in order', () => {
    expect(describeContents(['package.json', 'fesm2022/some-library.mjs'], manifest)).toBe(
      'fesm2022/some-library.mjs\npackage.json\n',
    );
  });

  it.each([
    ['fesm2022/some-library-engine-DYiX477o.mjs', 'fesm2022/some-library-engine-[hash].mjs\n'],
    ['fesm2022/some-library-engine-D-i_477o.mjs.map', 'fesm2022/some-library-engine-[hash].mjs.map\n'],
    ['core-XNCBAJ76.js', 'core-[hash].js\n'],
  ])('name %s without its hash', (path, line) => {
    expect(describeContents([path], manifest)).toBe(line);
  });

  it.each([
    'fesm2022/some-library-lifetime.mjs',
    'fesm2022/some-library-lifetime.mjs.map',
    'types/a-12345678.d.ts',
  ])('name %s as it is', (path) => {
    expect(describeContents([path], manifest)).toBe(`${path}\n`);
  });
});
