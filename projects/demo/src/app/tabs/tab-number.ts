const PREFIX = 'demo-tab/';
const KEY = 'demo:tab';

/**
 * A small number for this tab, which no other open tab has, held by a Web Lock until the page is gone: the browser frees it even if the
 * tab crashes. A reload keeps the number; a duplicated tab gets its own.
 */
export async function takeTabNumber(locks: LockManager, storage: Storage): Promise<number> {
  const before = Number(storage.getItem(KEY) ?? 0);
  if (before === 0) return firstFree(locks, storage);
  // The page before a reload is about to release it. Any other tab with the number keeps it.
  const isMine = await hold(locks, before, isReload() ? {} : { ifAvailable: true });
  return isMine ? before : firstFree(locks, storage);
}

/** The numbers of the open tabs, in order. */
export async function openTabs(locks: LockManager): Promise<readonly number[]> {
  const { held = [] } = await locks.query();
  return held
    .map(({ name = '' }) => (name.startsWith(PREFIX) ? Number(name.slice(PREFIX.length)) : 0))
    .filter((number) => number > 0)
    .sort((a, b) => a - b);
}

async function firstFree(locks: LockManager, storage: Storage): Promise<number> {
  for (let number = 1; ; number++)
    if (await hold(locks, number, { ifAvailable: true })) {
      storage.setItem(KEY, String(number));
      return number;
    }
}

/** Resolves when the lock is granted, and with `false` when another tab has it. */
function hold(locks: LockManager, number: number, options: LockOptions): Promise<boolean> {
  return new Promise((resolve, reject) => {
    locks
      .request(`${PREFIX}${number}`, options, (lock) => {
        resolve(lock !== null);
        return lock === null ? undefined : new Promise<never>(() => undefined);
      })
      .catch(reject);
  });
}

function isReload(): boolean {
  const [entry] = performance.getEntriesByType('navigation');
  return entry instanceof PerformanceNavigationTiming && entry.type === 'reload';
}
