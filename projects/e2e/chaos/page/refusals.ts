import type { Refusal } from './setup';

/** What the storage of this page refuses at the moment. */
export const storage: { refusal: Refusal | null } = { refusal: null };

/** Puts the refusals in front of the browser's own storage. Nothing changes while nothing is refused. */
export function installRefusals(): void {
  override(
    IDBFactory.prototype,
    'open',
    (open) =>
      function (this: IDBFactory, ...args) {
        if (storage.refusal === 'open') return failedRequest();
        if (storage.refusal === 'silence') return new EventTarget() as IDBOpenDBRequest;
        return open.apply(this, args);
      },
  );
  override(
    IDBDatabase.prototype,
    'transaction',
    (transaction) =>
      function (this: IDBDatabase, ...args) {
        if (storage.refusal === 'open' || storage.refusal === 'silence')
          throw new DOMException('The connection is lost.', 'InvalidStateError');
        return transaction.apply(this, args);
      },
  );
  override(
    IDBObjectStore.prototype,
    'put',
    (put) =>
      function (this: IDBObjectStore, ...args) {
        if (storage.refusal === 'quota') throw diskFull();
        return put.apply(this, args);
      },
  );
  override(
    Storage.prototype,
    'setItem',
    (setItem) =>
      function (this: Storage, ...args) {
        if (storage.refusal === 'quota') throw diskFull();
        setItem.apply(this, args);
      },
  );
}

function override<T, K extends keyof T>(target: T, name: K, make: (original: T[K]) => T[K]): void {
  target[name] = make(target[name]);
}

const diskFull = () => new DOMException('The disk is full.', 'QuotaExceededError');

function failedRequest(): IDBOpenDBRequest {
  const error = new DOMException('Internal error.', 'UnknownError');
  const request = Object.assign(new EventTarget(), { error, onerror: null }) as IDBOpenDBRequest;
  queueMicrotask(() => {
    request.onerror?.(new Event('error'));
  });
  return request;
}
