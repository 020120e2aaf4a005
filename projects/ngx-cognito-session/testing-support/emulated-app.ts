import { startEmulator, type Emulator } from 'cognito-emulator';
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { firstValueFrom } from 'rxjs';
import { withStorage, type SessionConfig, type StorageAdapter } from '../src/public-api';
import { CountingStorage } from './counting-storage';
import { ManualTime } from './manual-time';
import { configFor, startApp, type SessionApp } from './session-app';

export const REFRESH = 'GetTokensFromRefreshToken';
export const REVOKE = 'RevokeToken';
export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;

/** A Cognito of its own for each test, with rotation and without grace, in which `alice` and `bob` have accounts. */
export interface EmulatedApp {
  readonly emulator: Emulator;
  /** The emulator's, and that of the apps started here. */
  readonly time: ManualTime;
  /** Starts an app as a page of its own; the one before is destroyed, as by a reload. */
  open(storage: StorageAdapter, config?: Partial<SessionConfig>): SessionApp;
  /** The same, with a user signed in. */
  signedIn(storage?: StorageAdapter, config?: Partial<SessionConfig>, username?: string): Promise<SessionApp>;
}

/** Sets up and clears away around each test of the block that calls it: Cognito, IndexedDB, localStorage. */
export function emulatedApp(): EmulatedApp {
  let current: { readonly emulator: Emulator; readonly time: ManualTime } | null = null;
  const parts = () => {
    if (current === null) throw new Error('There is an emulator during a test only.');
    return current;
  };

  beforeEach(async () => {
    localStorage.clear();
    globalThis.indexedDB = new IDBFactory();
    globalThis.IDBKeyRange = IDBKeyRange;
    const time = new ManualTime();
    const emulator = await startEmulator({
      clock: time,
      pools: [
        {
          clients: [{ clientId: 'client1', rotation: true, graceSeconds: 0 }],
          users: [
            { username: 'alice', password: 'Correct-horse-1' },
            { username: 'bob', password: 'Correct-horse-2' },
          ],
        },
      ],
    });
    current = { emulator, time };
  });

  afterEach(async () => {
    Reflect.deleteProperty(globalThis, 'indexedDB');
    Reflect.deleteProperty(globalThis, 'IDBKeyRange');
    await current?.emulator.close();
    current = null;
  });

  const open: EmulatedApp['open'] = (storage, config = {}) => {
    const { emulator, time } = parts();
    return startApp({ config: configFor(emulator, config), time, features: [withStorage(storage)] });
  };
  return {
    get emulator() {
      return parts().emulator;
    },
    get time() {
      return parts().time;
    },
    open,
    signedIn: async (storage = new CountingStorage(), config = {}, username = 'alice') => {
      const app = open(storage, config);
      await firstValueFrom(app.session.setTokens(await parts().emulator.signIn(username)));
      return app;
    },
  };
}
