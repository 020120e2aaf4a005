import { DOCUMENT } from '@angular/core';
import { feature, type SessionFeature } from '../src/lib/provide-session/session-feature';

/** The `sessionStorage` of one tab. */
export class TabStorage implements Storage {
  readonly [name: string]: unknown;
  private readonly items: Map<string, string>;

  constructor(items: Iterable<readonly [string, string]> = []) {
    this.items = new Map(items);
  }

  get length(): number {
    return this.items.size;
  }

  key(index: number): string | null {
    return [...this.items.keys()][index] ?? null;
  }

  getItem(key: string): string | null {
    return this.items.get(key) ?? null;
  }

  setItem(key: string, value: string): void {
    this.items.set(key, value);
  }

  removeItem(key: string): void {
    this.items.delete(key);
  }

  clear(): void {
    this.items.clear();
  }

  /** What a duplicated tab starts with. */
  copy(): TabStorage {
    return new TabStorage(this.items);
  }

  get text(): string {
    return JSON.stringify([...this.items]);
  }
}

/** Gives a page of the tests a `sessionStorage` of its own. */
export function ofTab(sessionStorage: Storage): SessionFeature {
  const view = withProperty(window, 'sessionStorage', sessionStorage);
  return feature('tabOfTest', [{ provide: DOCUMENT, useValue: withProperty(document, 'defaultView', view) }]);
}

/** The same object, but for one property. */
function withProperty<T extends object>(target: T, name: keyof T, replacement: unknown): T {
  return new Proxy(target, {
    get: (_, key) => {
      if (key === name) return replacement;
      const value: unknown = Reflect.get(target, key, target);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
}
