import type { StorageAdapter } from './storage-adapter';

/** What lies beside the session in a storage that is copied along with a tab. */
interface Mark {
  /** The page that wrote it and has not gone yet. */
  readonly page: string | null;
  /** The record that the tab and its copies share, once there is a copy. */
  readonly record?: string;
}

const NO_MARK: Mark = { page: null };

/** Tells a copy of a tab that it is one, and every later page of the tab which record it shares. */
export class TabMark {
  /** Another page with the same mark is there: this one is a copy of it. */
  readonly isCopy: boolean;
  private sharedRecord: string | undefined;

  constructor(
    private readonly storage: StorageAdapter,
    private readonly namespace: string,
    private readonly page: string,
  ) {
    const found = this.read();
    this.isCopy = found.page !== null;
    this.sharedRecord = found.record;
    this.keep();
  }

  get record(): string | null {
    return this.sharedRecord ?? null;
  }

  join(record: string): void {
    this.sharedRecord = record;
    this.keep();
  }

  /** Also after the app has cleared the storage. */
  keep(): void {
    this.write(this.page);
  }

  /** The page goes. Another copy of the library on it may have written its own name since. */
  leave(): void {
    const { page } = this.read();
    if (page === this.page || page === null) this.write(null);
  }

  private get key(): string {
    return `${this.namespace}#tab`;
  }

  private read(): Mark {
    try {
      return readMark(this.storage.getItem(this.key), this.namespace);
    } catch {
      return NO_MARK;
    }
  }

  private write(page: string | null): void {
    const { sharedRecord: record } = this;
    try {
      void this.storage.setItem(
        this.key,
        JSON.stringify({ page, ...(record !== undefined && { record }) } satisfies Mark),
      );
    } catch {
      // Full: a copy of this tab is found by its ring alone.
    }
  }
}

/** Whether a record may be named so: it belongs to the same app client. */
export function isRecordName(name: unknown, namespace: string): name is string {
  return typeof name === 'string' && name.startsWith(`${namespace}/`) && name.length <= MAX_NAME_LENGTH;
}

const MAX_NAME_LENGTH = 256;

/** Anything may lie there. */
function readMark(text: string | null | Promise<string | null>, namespace: string): Mark {
  if (typeof text !== 'string') return NO_MARK;
  const { page, record } = (JSON.parse(text) ?? {}) as Partial<Record<keyof Mark, unknown>>;
  return {
    page: typeof page === 'string' ? page : null,
    ...(isRecordName(record, namespace) && { record }),
  };
}
