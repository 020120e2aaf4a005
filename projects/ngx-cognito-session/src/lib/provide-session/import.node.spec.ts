/** What a browser has and a server has not, or has of its own. */
const GLOBALS = [
  ...['window', 'self', 'document', 'location', 'navigator', 'history', 'localStorage', 'sessionStorage'],
  ...['indexedDB', 'IDBKeyRange', 'caches', 'BroadcastChannel', 'MessageChannel', 'crypto', 'fetch'],
  ...['setTimeout', 'setInterval', 'queueMicrotask', 'requestAnimationFrame', 'addEventListener'],
];
/** A frame of the library itself, straight above the trap. */
const OURS =
  /^.*\n.*\n +at .*projects\/ngx-cognito-session\/(?:src|aws-sdk|idle|managed-login|migration|verification)\/(?!.*\.spec\.ts)/;

interface GlobalUse {
  readonly name: string;
  readonly stack: string;
}

/** Puts a trap on every global; what they were is restored by the function returned. */
function setTraps(touches: GlobalUse[]): () => void {
  const before = GLOBALS.map((name) => [name, Object.getOwnPropertyDescriptor(globalThis, name)] as const);
  for (const [name, descriptor] of before)
    Object.defineProperty(globalThis, name, {
      configurable: true,
      get: () => {
        touches.push({ name, stack: new Error(name).stack ?? '' });
        return (descriptor?.get?.call(globalThis) ?? descriptor?.value) as unknown;
      },
      set: () => undefined,
    });
  return () => {
    for (const [name, descriptor] of before)
      if (descriptor === undefined) Reflect.deleteProperty(globalThis, name);
      else Object.defineProperty(globalThis, name, descriptor);
  };
}

describe('the library on a server', () => {
  it('touches no global when it is imported or set up', async () => {
    const touches: GlobalUse[] = [];
    const removeTraps = setTraps(touches);
    try {
      await jest.isolateModulesAsync(async () => {
        await import('@angular/compiler');
        const library = await import('../../public-api');
        const { withAwsSdk } = await import('../../../aws-sdk/src/public-api');
        const managedLogin = await import('../../../managed-login/src/public-api');
        const { withTokenVerification } = await import('../../../verification/src/public-api');
        const { withIdleSignOut } = await import('../../../idle/src/public-api');
        const migration = await import('../../../migration/src/public-api');
        const { CookieStorageAdapter, IndexedDbStorage, LocalStorageAdapter } = library;
        const { SessionStorageAdapter, MemoryStorage, provideSession } = library;
        for (const Adapter of [CookieStorageAdapter, IndexedDbStorage, LocalStorageAdapter]) new Adapter();
        for (const Adapter of [SessionStorageAdapter, MemoryStorage]) new Adapter();
        provideSession(
          { region: 'eu-west-1', clientId: 'client123' },
          library.withLogger(library.consoleLogger()),
          library.withServerRendering({ guards: 'allow' }),
          library.withCookieStorage(),
          library.withLocalStorage(),
          library.withSessionStorage(),
          library.withSharedMemory(),
          library.withIndexedDb(),
          library.withStorage(new MemoryStorage()),
          library.withTokenInjection({ attachTo: ['/api', 'https://api.example.com'] }),
          library.withNoAutoRestore(),
          withAwsSdk(),
          managedLogin.withManagedLogin({ domain: 'auth.example.com' }),
          library.withSignInRoute(managedLogin.managedLoginTarget()),
          withTokenVerification(),
          withIdleSignOut({ afterSeconds: 900 }),
          migration.withAmplifyMigration(),
          migration.withCognitoIdentityJsMigration(),
          migration.withSessionImport(() => null),
        );
      });
    } finally {
      removeTraps();
    }

    // First that the traps work: Angular and the SDK look around.
    expect(touches.length).toBeGreaterThan(0);
    expect(touches.filter(({ stack }) => OURS.test(stack))).toEqual([]);
  });
});
