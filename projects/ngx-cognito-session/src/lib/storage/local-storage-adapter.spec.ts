import { LocalStorageAdapter } from './local-storage-adapter';
import { MemoryStorage } from './memory-storage';

function allItems(): Record<string, string | null> {
  const keys = Array.from({ length: localStorage.length }, (_, index) => localStorage.key(index) ?? '');
  return Object.fromEntries(keys.map((key) => [key, localStorage.getItem(key)]));
}

describe('LocalStorageAdapter', () => {
  beforeEach(() => localStorage.clear());

  it('keeps items behind its prefix', () => {
    new LocalStorageAdapter().setItem('key', 'value');
    new LocalStorageAdapter('own:').setItem('key', 'other');

    expect(allItems()).toEqual({ 'cognito-session:key': 'value', 'own:key': 'other' });
    expect(new LocalStorageAdapter().getItem('key')).toBe('value');
    expect(new LocalStorageAdapter('own:').getItem('key')).toBe('other');
    expect(new LocalStorageAdapter().getItem('other')).toBeNull();
  });

  it('removes its own keys and no others', () => {
    const foreign = { plain: '1', 'cognito-session': '2', 'x-cognito-session:key': '3' };
    for (const [key, value] of Object.entries(foreign)) localStorage.setItem(key, value);
    const adapter = new LocalStorageAdapter();
    adapter.setItem('a', '');
    adapter.setItem('b', 'B');

    for (const key of ['a', 'b', 'plain', 'missing']) adapter.removeItem(key);

    expect(allItems()).toEqual(foreign);
  });

  it('throws what the browser throws', () => {
    withLocalStorage(
      () => {
        throw new DOMException('denied', 'SecurityError');
      },
      () => {
        expect(() => new LocalStorageAdapter().getItem('key')).toThrow('denied');
        expect(() => new LocalStorageAdapter().setItem('key', 'v')).toThrow('denied');
        expect(() => new LocalStorageAdapter().removeItem('key')).toThrow('denied');
      },
    );
  });

  it('touches no global when it is loaded or made', () => {
    let touched = 0;
    withLocalStorage(
      () => {
        touched++;
        throw new Error('touched');
      },
      () => {
        jest.isolateModules(() => {
          const fresh =
            jest.requireActual<typeof import('./local-storage-adapter')>('./local-storage-adapter');
          new fresh.LocalStorageAdapter('x:');
        });
      },
    );

    expect(touched).toBe(0);
  });
});

/** Runs something while reading `localStorage` does what `get` does. */
function withLocalStorage(get: () => Storage, run: () => void): void {
  const original = Object.getOwnPropertyDescriptor(globalThis, 'localStorage');
  Object.defineProperty(globalThis, 'localStorage', { get, configurable: true });
  try {
    run();
  } finally {
    if (original === undefined) Reflect.deleteProperty(globalThis, 'localStorage');
    else Object.defineProperty(globalThis, 'localStorage', original);
  }
}

describe('MemoryStorage', () => {
  it('keeps items of its own until they are removed', () => {
    const storage = new MemoryStorage();
    storage.setItem('a', '');
    storage.setItem('b', 'B');
    storage.setItem('b', 'C');

    expect([storage.getItem('a'), storage.getItem('b'), storage.getItem('c')]).toEqual(['', 'C', null]);
    storage.removeItem('a');
    expect([storage.getItem('a'), storage.getItem('b')]).toEqual([null, 'C']);
    expect(new MemoryStorage().getItem('b')).toBeNull();
  });

  it('is seen by no other tab', () => {
    expect(new MemoryStorage().shared).toBe(false);
  });
});
