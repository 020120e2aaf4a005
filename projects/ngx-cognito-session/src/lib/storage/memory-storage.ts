/** Keeps everything in this page's memory: gone with a reload, seen by no other tab. The default. */
export class MemoryStorage {
  readonly shared = false;
  private readonly items = new Map<string, string>();

  getItem(key: string): string | null {
    return this.items.get(key) ?? null;
  }

  setItem(key: string, value: string): void {
    this.items.set(key, value);
  }

  removeItem(key: string): void {
    this.items.delete(key);
  }

  keys(): readonly string[] {
    return [...this.items.keys()];
  }
}
