import type { Refusal } from './setup';

/** What the storage of this page refuses at the moment. */
export const storage: { refusal: Refusal | null } = { refusal: null };

/** Puts the refusals in front of the browser's own storage. Nothing changes while nothing is refused. */
export function installRefusals(): void {
  const database = IDBDatabase.prototype;
  const factory = IDBFactory.prototype;
  const store = IDBObjectStore.prototype;
  const { transaction } = database;
  const { open } = factory;
  const { put } = store;
  const { setItem } = Storage.prototype;

  factory.open = function (...args) {
    if (storage.refusal === 'open') return failedRequest();
    if (storage.refusal === 'silence') return new EventTarget() as IDBOpenDBRequest;
    return open.apply(this, args);
  };
  database.transaction = function (...args) {
    if (storage.refusal === 'open' || storage.refusal === 'silence')
      throw new DOMException('The connection is lost.', 'InvalidStateError');
    return transaction.apply(this, args);
  };
  store.put = function (...args) {
    if (storage.refusal === 'quota') throw new DOMException('The disk is full.', 'QuotaExceededError');
    return put.apply(this, args);
  };
  Storage.prototype.setItem = function (...args) {
    if (storage.refusal === 'quota') throw new DOMException('The disk is full.', 'QuotaExceededError');
    setItem.apply(this, args);
  };
}

function failedRequest(): IDBOpenDBRequest {
  const error = new DOMException('Internal error.', 'UnknownError');
  const request = Object.assign(new EventTarget(), { error, onerror: null }) as IDBOpenDBRequest;
  queueMicrotask(() => {
    request.onerror?.(new Event('error'));
  });
  return request;
}
