import type * as library from '../../public-api';
import {
  MemoryStorage,
  withCookieStorage,
  withIndexedDb,
  withLocalStorage,
  withLogger,
  withNoAutoRestore,
  withServerRendering,
  withSessionStorage,
  withSharedMemory,
  withSignInRoute,
  withStorage,
  withTokenInjection,
  type SessionFeature,
} from '../../public-api';
import { contradictions, repetitions } from './contradictions';

const LOGGER = { debug: () => {}, warn: () => {}, error: () => {} };

/** One of each. */
const FEATURES: Readonly<Record<Extract<keyof typeof library, `with${string}`>, () => SessionFeature>> = {
  withCookieStorage: () => withCookieStorage(),
  withIndexedDb: () => withIndexedDb(),
  withLocalStorage: () => withLocalStorage(),
  withLogger: () => withLogger(LOGGER),
  withNoAutoRestore: () => withNoAutoRestore(),
  withServerRendering: () => withServerRendering({ guards: 'allow' }),
  withSessionStorage: () => withSessionStorage(),
  withSharedMemory: () => withSharedMemory(),
  withSignInRoute: () => withSignInRoute('/sign-in'),
  withStorage: () => withStorage(new MemoryStorage()),
  withTokenInjection: () => withTokenInjection({ attachTo: [] }),
};

describe('repetitions', () => {
  it.each(Object.entries(FEATURES).filter(([name]) => name !== 'withNoAutoRestore'))(
    'names %s once if it is given twice or more',
    (name, make) => {
      expect(repetitions([make(), make()])).toEqual([name]);
      expect(repetitions([make(), withNoAutoRestore(), make(), make()])).toEqual([name]);
      expect(contradictions([make(), make()])).toEqual([]);
    },
  );

  it('finds none in one of each, and in what means the same twice', () => {
    const oneOfEach = Object.values(FEATURES).map((make) => make());

    expect(repetitions([...oneOfEach, withNoAutoRestore()])).toEqual([]);
  });
});

describe('contradictions', () => {
  it('names all storages once, in their order', () => {
    expect(
      contradictions([
        withLocalStorage(),
        withLogger(LOGGER),
        withCookieStorage(),
        withStorage(new MemoryStorage()),
        withLocalStorage(),
        withIndexedDb(),
        withSessionStorage(),
        withSharedMemory(),
      ]),
    ).toEqual([
      'withLocalStorage',
      'withCookieStorage',
      'withStorage',
      'withIndexedDb',
      'withSessionStorage',
      'withSharedMemory',
    ]);
  });

  it('finds none in one of each with one storage', () => {
    const isStorage = /Storage|IndexedDb|SharedMemory/;
    const oneOfEach = Object.entries(FEATURES)
      .filter(([name]) => !isStorage.test(name))
      .map(([, make]) => make());

    expect(contradictions([withLocalStorage(), ...oneOfEach])).toEqual([]);
  });
});
