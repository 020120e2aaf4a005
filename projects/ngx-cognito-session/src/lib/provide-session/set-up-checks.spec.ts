import {
  createEnvironmentInjector,
  EnvironmentInjector,
  PLATFORM_ID,
  type EnvironmentProviders,
  type Provider,
} from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { firstValueFrom } from 'rxjs';
import { CountingStorage } from '../../../testing-support/counting-storage';
import { emulatedApp } from '../../../testing-support/emulated-app';
import { replaceProperty } from '../../../testing-support/replaced-global';
import {
  LocalStorageAdapter,
  provideSession,
  SESSION_LOGGER,
  SessionService,
  SessionStorageAdapter,
  withCookieStorage,
  withIndexedDb,
  withLocalStorage,
  withSessionStorage,
  withSharedMemory,
  withSignInRoute,
  withStorage,
  type SessionConfig,
  type SessionFeature,
  type StorageAdapter,
} from '../../public-api';

const CONFIG: SessionConfig = { region: 'eu-west-1', clientId: 'client123' };

/** As most storages are: the tabs of the origin read the same. */
class SharedStorage extends CountingStorage {
  override readonly shared = true;
}

describe('in development, a set-up', () => {
  let said: string[];

  beforeEach(() => {
    said = [];
    localStorage.clear();
  });

  function setUp(...providers: (Provider | EnvironmentProviders)[]): void {
    const logger = { debug: () => {}, warn: () => {}, error: (text: string) => said.push(text) };
    TestBed.configureTestingModule({
      providers: [...providers, { provide: SESSION_LOGGER, useValue: logger }],
    });
    TestBed.inject(SessionService);
  }

  function below(...providers: (Provider | EnvironmentProviders)[]): void {
    createEnvironmentInjector([...providers], TestBed.inject(EnvironmentInjector)).get(SessionService);
  }

  it('without a mistake is not mentioned', () => {
    setUp(provideSession(CONFIG, withLocalStorage(), withSignInRoute('/sign-in')));

    expect(said).toEqual([]);
  });

  describe('with provideSession', () => {
    it('twice in one injector is told so once', () => {
      setUp(provideSession(CONFIG), provideSession(CONFIG, withLocalStorage()));

      expect(said).toEqual([
        'NCS103: provideSession is called twice in one injector: the last configuration counts. More: docs/errors/NCS103.md',
      ]);
    });

    it('again for the same app client further down is told so once, however often', () => {
      setUp(provideSession(CONFIG));
      below(provideSession(CONFIG));
      below(provideSession(CONFIG));

      expect(said).toEqual([expect.stringMatching(/^NCS103: .* for the same app client, /)]);
    });

    it('again for another app client further down is right', () => {
      setUp(provideSession(CONFIG));
      below(provideSession({ ...CONFIG, clientId: 'client456' }));

      expect(said).toEqual([]);
    });

    it('again is compared once the configurations are there', async () => {
      setUp(provideSession(() => Promise.resolve(CONFIG)));
      below(provideSession(CONFIG));
      const before = [...said];
      await Promise.resolve();
      await Promise.resolve();

      expect(before).toEqual([]);
      expect(said).toEqual([expect.stringContaining('NCS103')]);
    });
  });

  it('with features that contradict each other is told of both, once', () => {
    setUp(provideSession(CONFIG, withLocalStorage(), withSignInRoute('/a'), withCookieStorage()));

    expect(said.filter((text) => text.startsWith('NCS'))).toEqual([
      'NCS104: withLocalStorage and withCookieStorage contradict each other: only the last of them counts. More: docs/errors/NCS104.md',
    ]);
  });

  it('with several contradictions is told of each', () => {
    setUp(
      provideSession(
        CONFIG,
        withLocalStorage(),
        withSignInRoute('/a'),
        withCookieStorage(),
        withSignInRoute('/b'),
      ),
    );

    expect(said.filter((text) => text.startsWith('NCS'))).toEqual([
      expect.stringContaining('withLocalStorage and withCookieStorage'),
      expect.stringContaining('withSignInRoute and withSignInRoute'),
    ]);
  });

  describe('with enableTabSync: true', () => {
    const synced = { ...CONFIG, enableTabSync: true };

    it.each<[string, SessionFeature[]]>([
      ['memory', []],
      ['withSessionStorage', [withSessionStorage()]],
      ['a SessionStorageAdapter', [withStorage(new SessionStorageAdapter())]],
    ])('and %s is told what to use now', (_, features) => {
      setUp(provideSession(synced, ...features));

      expect(said).toEqual([
        expect.stringMatching(/^NCS108: .* Use withSharedMemory\(\)\. More: docs\/errors\/NCS108\.md$/),
      ]);
    });

    it.each<[string, SessionFeature[]]>([
      ['withSharedMemory', [withSharedMemory()]],
      ['withLocalStorage', [withLocalStorage()]],
      ['withIndexedDb', [withIndexedDb()]],
    ])('and %s is right', (_, features) => {
      setUp(provideSession(synced, ...features));

      expect(said.filter((text) => text.includes('NCS'))).toEqual([]);
    });

    it('is compared once the configuration is there', async () => {
      setUp(provideSession(() => Promise.resolve(synced)));
      expect(said).toEqual([]);
      await Promise.resolve();
      await Promise.resolve();

      expect(said).toEqual([expect.stringContaining('NCS108')]);
    });

    it('and memory is right without it', () => {
      setUp(provideSession(CONFIG));
      below(provideSession({ ...CONFIG, clientId: 'client456', enableTabSync: false }, withSessionStorage()));

      expect(said).toEqual([]);
    });
  });

  describe('whose user pool and endpoint (E12)', () => {
    const pool = { ...CONFIG, userPoolId: 'eu-west-1_AbCdEf123' };
    const issuer = 'https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbCdEf123';

    it.each<[string, SessionConfig]>([
      ['userPoolId', { ...pool, region: 'us-east-1' }],
      ['userPoolId', { ...pool, userPoolId: 'eu-west-12_AbCdEf123' }],
      ['endpoint', { ...pool, endpoint: issuer }],
      ['endpoint', { ...pool, endpoint: `${issuer}/.well-known/openid-configuration` }],
      ['endpoint', { ...pool, endpoint: 'https://my-app.auth.eu-west-1.amazoncognito.com' }],
      ['endpoint', { ...pool, endpoint: 'https://auth.example.com/oauth2/token' }],
    ])('do not fit is told the field once: %s of %j', (field, config) => {
      setUp(provideSession(config, withLocalStorage()));
      below(provideSession({ ...config, clientId: 'client456' }, withLocalStorage()));

      expect(said).toEqual([
        expect.stringMatching(new RegExp(`^NCS109: .*\\b${field} .* More: docs/errors/NCS109\\.md$`)),
      ]);
    });

    it.each<SessionConfig>([
      pool,
      { ...pool, endpoint: 'https://cognito-idp.eu-west-1.amazonaws.com/' },
      { ...pool, endpoint: 'http://localhost:9229' },
      { ...pool, endpoint: 'https://api.example.com/cognito' },
      { region: 'us-gov-west-1', clientId: 'client123', userPoolId: 'us-gov-west-1_AbCdEf123' },
    ])('fit is right: %j', (config) => {
      setUp(provideSession(config, withLocalStorage()));

      expect(said).toEqual([]);
    });

    it('are compared once the configuration is there, which is asked for once', async () => {
      const source = jest.fn(() => Promise.resolve({ ...pool, region: 'us-east-1' }));
      setUp(provideSession(source, withLocalStorage()));
      const before = [...said];
      await Promise.resolve();
      await Promise.resolve();

      expect(before).toEqual([]);
      expect(said).toEqual([expect.stringContaining('NCS109')]);
      expect(source).toHaveBeenCalledTimes(1);
    });

    it('are not known if the configuration fails: that is reported elsewhere', async () => {
      setUp(provideSession(() => Promise.reject(new Error('offline')), withLocalStorage()));
      await Promise.resolve();
      await Promise.resolve();

      expect(said.filter((text) => text.startsWith('NCS'))).toEqual([]);
    });
  });

  describe('in a page that is no secure context', () => {
    let restore: () => void;

    beforeEach(() => {
      restore = replaceProperty(window, 'isSecureContext', { value: false });
    });

    afterEach(() => restore());

    it('is told so once, however many sessions there are', () => {
      setUp(provideSession(CONFIG));
      below(provideSession({ ...CONFIG, clientId: 'client456' }));

      expect(said).toEqual([expect.stringMatching(/^NCS105: This page is no secure context/)]);
    });

    it('is not told so on a server', () => {
      setUp(provideSession(CONFIG), { provide: PLATFORM_ID, useValue: 'server' });

      expect(said).toEqual([]);
    });
  });

  describe('whose refresh tokens Cognito rotates', () => {
    const app = emulatedApp();

    async function renewTwice(
      storage: StorageAdapter,
      config: Partial<SessionConfig> = {},
    ): Promise<string[]> {
      const { session, logged } = await app.signedIn(storage, config);
      await firstValueFrom(session.forceRefresh());
      await firstValueFrom(session.forceRefresh());
      return logged.map(({ text }) => text).filter((text) => text.startsWith('NCS'));
    }

    it('is told once that tabs need IndexedDB', async () => {
      Reflect.deleteProperty(globalThis, 'indexedDB');

      expect(await renewTwice(new LocalStorageAdapter())).toEqual([
        expect.stringMatching(/^NCS106: Cognito rotates refresh tokens, and there is no IndexedDB here/),
      ]);
    });

    it('is not told so if they are not rotated after all', async () => {
      Reflect.deleteProperty(globalThis, 'indexedDB');
      app.emulator.configure({ rotation: false });

      expect(await renewTwice(new LocalStorageAdapter())).toEqual([]);
    });

    it('is not told so with IndexedDB', async () => {
      expect(await renewTwice(new LocalStorageAdapter())).toEqual([]);
    });

    it('is not told so by a page that has lost its database', async () => {
      const mend = replaceProperty(indexedDB, 'open', {
        value: () => {
          throw new DOMException('Damaged.', 'UnknownError');
        },
      });

      expect(await renewTwice(new LocalStorageAdapter())).toEqual([]);
      mend();
    });

    it('is not told so where each tab lives alone, or the app keeps the record itself', async () => {
      Reflect.deleteProperty(globalThis, 'indexedDB');

      expect(await renewTwice(new CountingStorage())).toEqual([]);
      expect(await renewTwice(new SharedStorage())).toEqual([]);
      expect(await renewTwice(new LocalStorageAdapter(), { enableTabSync: false })).toEqual([]);
    });
  });
});
