/**
 * Where tokens are kept. Any object with the three methods works as it is, synchronous or not. What a method throws or
 * rejects with becomes `storageError`, as does no answer within 2 s (when the page starts, the library waits longer).
 */
export interface StorageAdapter {
  /** Whether other tabs of this origin read the same data. Default true. */
  readonly shared?: boolean;
  /**
   * Whether a read after another tab's completed write always sees it. Default false. An adapter of the app that is shared
   * and coherent is coordinated over tabs, where there are Web Locks; without it that is best effort.
   */
  readonly coherent?: boolean;
  /** The value as it was written, or `null` if there is none. */
  getItem(key: string): string | null | Promise<string | null>;
  /** Writes the value, whole or not at all; a write that did not happen must throw or reject. */
  setItem(key: string, value: string): void | Promise<void>;
  /** Removes the value, if there is one; a removal that did not happen must throw or reject. */
  removeItem(key: string): void | Promise<void>;
}
