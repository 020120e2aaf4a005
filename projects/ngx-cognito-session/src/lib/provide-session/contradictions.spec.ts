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
import { contradictions } from './contradictions';

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

describe('contradictions', () => {
  it.each(Object.entries(FEATURES).filter(([name]) => name !== 'withNoAutoRestore'))(
    'names %s if it is given twice',
    (name, make) => {
      expect(contradictions([make(), make()])).toEqual([[name, name]]);
    },
  );

  it('names all storages, in their order', () => {
    expect(
      contradictions([
        withLocalStorage(),
        withLogger(LOGGER),
        withCookieStorage(),
        withStorage(new MemoryStorage()),
        withIndexedDb(),
        withSessionStorage(),
        withSharedMemory(),
      ]),
    ).toEqual([
      [
        'withLocalStorage',
        'withCookieStorage',
        'withStorage',
        'withIndexedDb',
        'withSessionStorage',
        'withSharedMemory',
      ],
    ]);
  });

  it('finds none in one of each with one storage, and in what means the same twice', () => {
    const isStorage = /Storage|IndexedDb|SharedMemory/;
    const oneOfEach = Object.entries(FEATURES)
      .filter(([name]) => !isStorage.test(name))
      .map(([, make]) => make());

    expect(contradictions([withLocalStorage(), ...oneOfEach, withNoAutoRestore()])).toEqual([]);
  });
});
