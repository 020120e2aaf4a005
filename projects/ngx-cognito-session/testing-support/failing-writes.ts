import { IDBObjectStore } from 'fake-indexeddb';
import { CountingStorage } from './counting-storage';
import { replaceProperty } from './replaced-global';

/** A place that refuses to be written for a while. */
export interface FailingWrites {
  fail(): void;
  mend(): void;
  /** How many writes were refused. */
  readonly refused: number;
}

/** Every transaction that puts something is aborted, as on a full disk. */
export function failingDatabase(): FailingWrites {
  let undo: (() => void) | null = null;
  let refused = 0;
  // oxlint-disable-next-line typescript/unbound-method -- called with its own `this` below
  const { put } = IDBObjectStore.prototype;
  return {
    get refused() {
      return refused;
    },
    fail: () => {
      undo ??= replaceProperty(IDBObjectStore.prototype, 'put', {
        value(this: IDBObjectStore, ...args: Parameters<typeof put>) {
          refused++;
          const request = put.apply(this, args);
          this.transaction.abort();
          return request;
        },
      });
    },
    mend: () => {
      undo?.();
      undo = null;
    },
  };
}

/** A storage that throws when it is written, as when it is full. */
export class FailingStorage extends CountingStorage implements FailingWrites {
  refused = 0;
  private isFull = false;

  constructor(override readonly shared: boolean) {
    super();
  }

  fail(): void {
    this.isFull = true;
  }

  mend(): void {
    this.isFull = false;
  }

  override setItem(key: string, value: string): void {
    if (this.isFull) {
      this.refused++;
      throw new DOMException('full', 'QuotaExceededError');
    }
    super.setItem(key, value);
  }
}
