import {
  createEnvironmentInjector,
  EnvironmentInjector,
  PLATFORM_ID,
  type EnvironmentProviders,
  type Provider,
} from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { CountingStorage } from '../../../testing-support/counting-storage';
import { emulatedApp } from '../../../testing-support/emulated-app';
import { replaceProperty } from '../../../testing-support/replaced-global';
import { turns, until } from '../../../testing-support/turns';
import {
  createAuthFetch,
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
  withTokenInjection,
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
        'NCS103: provideSession is called twice in one injector: the last configuration counts. More: node_modules/ngx-cognito-session/docs/reference/diagnostics/NCS103.md',
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
      'NCS104: withLocalStorage and withCookieStorage contradict each other: only the last of them counts. More: node_modules/ngx-cognito-session/docs/reference/diagnostics/NCS104.md',
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
      expect.stringMatching(/^NCS116: withSignInRoute twice: /),
      expect.stringMatching(/^NCS104: withLocalStorage and withCookieStorage /),
    ]);
  });

  it('with one feature twice is told its name once', () => {
    setUp(provideSession(CONFIG, withLocalStorage(), withLocalStorage(), withLocalStorage()));

    expect(said).toEqual([
      'NCS116: withLocalStorage twice: only the last of them counts. Keep one of them. More: node_modules/ngx-cognito-session/docs/reference/diagnostics/NCS116.md',
    ]);
  });

  describe('with an empty attachTo', () => {
    const EMPTY = /^NCS112: .*attachTo is empty.* More: .*NCS112\.md$/;

    it('is told so once', () => {
      setUp(provideSession(CONFIG, withTokenInjection({ attachTo: [] })));

      expect(said).toEqual([expect.stringMatching(EMPTY)]);
    });

    it('of a function is told so when the function is called', async () => {
      const rules = jest.fn(() => ({ attachTo: [] }));
      setUp(provideSession(CONFIG, withTokenInjection(rules)));
      expect(rules).not.toHaveBeenCalled();
      const fetch = () => Promise.resolve(new Response());
      const authFetch = createAuthFetch(TestBed.inject(SessionService), { fetch });

      await authFetch('https://api.example.com');
      await authFetch('https://api.example.com');

      expect(rules).toHaveBeenCalledTimes(1);
      expect(said).toEqual([expect.stringMatching(EMPTY)]);
    });
  });

  describe('whose configuration', () => {
    it.each<[string, string, object]>([
      ['NCS113', "region 'eu-west1' is not .* such as eu-west-1", { region: 'eu-west1' }],
      ['NCS113', "region 'EU-WEST-1' is not ", { region: 'EU-WEST-1' }],
      ['NCS113', "region 'eu-west-1_Ab' is not ", { region: 'eu-west-1_Ab' }],
      [
        'NCS113',
        "region 'ireland' is not .* is in eu-west-1",
        { region: 'ireland', userPoolId: 'eu-west-1_Ab1' },
      ],
      ['NCS114', 'userPoolId is undefined', { userPoolId: undefined }],
      ['NCS114', 'endpoint is undefined', { endpoint: undefined }],
      ['NCS114', "clientId is the text 'undefined'", { clientId: 'undefined' }],
      ['NCS114', "region is the text 'undefined'", { region: 'undefined' }],
      [
        'NCS115',
        'endpoint http://cognito.test:9229 is not encrypted',
        { endpoint: 'http://cognito.test:9229/x' },
      ],
      ['NCS115', 'endpoint http://localhost.test ', { endpoint: 'http://localhost.test' }],
    ])('has a mistake is told it once: %s, %s', (code, text, config) => {
      setUp(provideSession({ ...CONFIG, ...config }, withLocalStorage()));
      below(provideSession({ ...CONFIG, ...config, clientId: 'client456' }, withLocalStorage()));

      expect(said).toEqual([
        expect.stringMatching(
          new RegExp(`^${code}: .*${text}.* More: .*/docs/reference/diagnostics/${code}\\.md$`),
        ),
      ]);
    });

    it.each([
      ...[
        'us-gov-west-1',
        'us-iso-east-1',
        'eusc-de-east-1',
        'cn-north-1',
        'ap-southeast-4',
        'mx-central-1',
      ].map((region) => ({ region })),
      { region: 'local', endpoint: 'http://127.0.0.1:9229' },
      { endpoint: 'http://cognito.localhost:9229' },
    ])('has none is right: %j', (config) => {
      setUp(provideSession({ ...CONFIG, ...config }, withLocalStorage()));

      expect(said).toEqual([]);
    });

    it.each<[string, RegExp, object]>([
      [
        'clientId',
        /NCS114: provideSession: clientId is undefined\. .* More: .*NCS114\.md$/,
        { clientId: undefined },
      ],
      ['userPoolId', /NCS114: provideSession: userPoolId is the text ''\./, { userPoolId: '' }],
      [
        'region',
        /NCS113: provideSession: region 'eu west' is not .* More: .*NCS113\.md$/,
        { region: 'eu west' },
      ],
    ])('cannot be used throws the same messages: %s', (_, message, fields) => {
      expect(() => provideSession({ ...CONFIG, ...fields })).toThrow(message);
    });

    it('comes from a factory and cannot be used is reported once', async () => {
      setUp(provideSession(() => Promise.resolve({ region: 'eu-west-1' } as SessionConfig)));
      await Promise.resolve();
      await Promise.resolve();

      expect(said.filter((text) => text.includes('NCS'))).toEqual([
        expect.stringContaining('NCS114: provideSession: clientId is undefined.'),
      ]);
    });
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
        expect.stringMatching(
          /^NCS108: .* Use withSharedMemory\(\)\. More: node_modules\/ngx-cognito-session\/docs\/reference\/diagnostics\/NCS108\.md$/,
        ),
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
        expect.stringMatching(
          new RegExp(
            `^NCS109: .*\\b${field} .* More: node_modules/ngx-cognito-session/docs/reference/diagnostics/NCS109\\.md$`,
          ),
        ),
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

  describe('in a page that is not a secure context', () => {
    let restore: () => void;

    beforeEach(() => {
      restore = replaceProperty(window, 'isSecureContext', { value: false });
    });

    afterEach(() => restore());

    it('is told so once, however many sessions there are', () => {
      setUp(provideSession(CONFIG));
      below(provideSession({ ...CONFIG, clientId: 'client456' }));

      expect(said).toEqual([expect.stringMatching(/^NCS105: This page is not a secure context/)]);
    });

    it('is not told so on a server', () => {
      setUp(provideSession(CONFIG), { provide: PLATFORM_ID, useValue: 'server' });

      expect(said).toEqual([]);
    });
  });

  describe('whose refresh tokens Cognito rotates', () => {
    const app = emulatedApp();

    /** Without its database a page gives its copy a moment to arrive. */
    async function renew(session: SessionService): Promise<void> {
      let isRenewed = false;
      session.forceRefresh().subscribe(() => (isRenewed = true));
      for (let step = 0; step < 12; step++) {
        app.time.advance(50);
        await turns(10);
      }
      await until(() => isRenewed);
    }

    async function renewTwice(
      storage: StorageAdapter,
      config: Partial<SessionConfig> = {},
    ): Promise<string[]> {
      const { session, logged } = await app.signedIn(storage, config);
      await renew(session);
      await renew(session);
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
