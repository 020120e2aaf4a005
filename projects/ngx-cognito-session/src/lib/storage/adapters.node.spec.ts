import { CookieStorageAdapter } from './cookie-storage-adapter';
import { IndexedDbStorage } from './indexed-db-storage';
import { LocalStorageAdapter } from './local-storage-adapter';
import { MemoryStorage } from './memory-storage';
import { SessionStorageAdapter } from './session-storage-adapter';
import type { StorageAdapter } from './storage-adapter';

/** What the library does with an adapter, by its two promises. */
function promises({ shared = true, coherent = false }: StorageAdapter): object {
  return { shared, coherent };
}

describe('storage adapters without a page', () => {
  it('are made where there is neither window nor document nor storage', () => {
    expect(typeof document).toBe('undefined');

    expect(new LocalStorageAdapter()).toBeDefined();
    expect(new SessionStorageAdapter()).toBeDefined();
    expect(new IndexedDbStorage()).toBeDefined();
    expect(new CookieStorageAdapter({ prefix: '__Host-session.' })).toBeDefined();
  });

  it('say who else reads them, and whether a read sees what another tab has written', () => {
    expect(promises(new MemoryStorage())).toEqual({ shared: false, coherent: false });
    expect(promises(new LocalStorageAdapter())).toEqual({ shared: true, coherent: false });
    expect(promises(new SessionStorageAdapter())).toEqual({ shared: false, coherent: false });
    expect(promises(new CookieStorageAdapter())).toEqual({ shared: true, coherent: false });
    expect(promises(new IndexedDbStorage())).toEqual({ shared: true, coherent: true });
  });

  it('have a name for their database', () => {
    expect(new IndexedDbStorage().name).toBe('cognito-session');
    expect(new IndexedDbStorage({ name: 'mine' }).name).toBe('mine');
  });
});
