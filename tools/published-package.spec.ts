import { entryPointsOf, optionalPeersOf, type PublishedManifest } from './published-package';

const manifest: PublishedManifest = {
  name: 'some-library',
  version: '1.2.3',
  exports: {
    './package.json': { default: './package.json' },
    '.': { types: './types/some-library.d.ts', default: './fesm2022/some-library.mjs' },
    './server/store': {
      types: './types/some-library-server-store.d.ts',
      default: './fesm2022/some-library-server-store.mjs',
    },
  },
  peerDependencies: { rxjs: '^7.8.0', 'some-sdk': '^3.0.0' },
  peerDependenciesMeta: { 'some-sdk': { optional: true }, rxjs: {} },
};

describe('the published package', () => {
  it('has an entry point for each of its exports but package.json', () => {
    expect(entryPointsOf(manifest)).toEqual([
      {
        specifier: 'some-library',
        fileName: 'some-library',
        types: './types/some-library.d.ts',
        module: './fesm2022/some-library.mjs',
      },
      {
        specifier: 'some-library/server/store',
        fileName: 'some-library-server-store',
        types: './types/some-library-server-store.d.ts',
        module: './fesm2022/some-library-server-store.mjs',
      },
    ]);
  });

  it('has no entry point without types', () => {
    const untyped = { ...manifest, exports: { './untyped': { default: './untyped.mjs' } } };

    expect(() => entryPointsOf(untyped)).toThrow('some-library/untyped has no types');
  });

  it('can do without the peers that are marked so, and no others', () => {
    expect(optionalPeersOf(manifest)).toEqual(['some-sdk']);
  });
});
