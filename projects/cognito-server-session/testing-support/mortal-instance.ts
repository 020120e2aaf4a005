import type { ServerSessionsOptions } from '../src/config/server-sessions-options';
import type { SessionStore } from '../src/store/session-store';
import { localFetch } from './server-app';

/** An instance that dies at its nth wait for the store or for Cognito: before it asks, or with the answer on the way. */
export interface MortalInstance {
  readonly options: Pick<ServerSessionsOptions, 'store' | 'fetch'>;
  readonly died: Promise<void>;
}

export function mortalInstance(inner: SessionStore, dieAt: number, when: 'before' | 'after'): MortalInstance {
  let waits = 0;
  let die: () => void = () => undefined;
  const died = new Promise<void>((resolve) => (die = resolve));
  const mortal = async <T>(work: () => Promise<T>): Promise<T> => {
    waits++;
    const dies = waits === dieAt;
    if (waits > dieAt) return new Promise<never>(() => undefined);
    if (!dies || when === 'after') {
      const result = await work();
      if (!dies) return result;
    }
    die();
    return new Promise<never>(() => undefined);
  };
  return {
    died,
    options: {
      store: {
        read: (key) => mortal(() => inner.read(key)),
        create: (row) => mortal(() => inner.create(row)),
        update: (key, condition, change) => mortal(() => inner.update(key, condition, change)),
        delete: (key, condition) => mortal(() => inner.delete(key, condition)),
        list: (sub) => mortal(() => inner.list(sub)),
      },
      fetch: (...call) => mortal(() => localFetch(...call)),
    },
  };
}
