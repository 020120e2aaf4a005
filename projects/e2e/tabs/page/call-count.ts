/** A fetch that left the library, whether or not it reached a server. */
export interface PageCall {
  readonly operation: string;
  /** By the page's clock. */
  readonly at: number;
}

/** Counts in the page: what a server counts is more when a browser sends again, and less when the device is offline. */
export class CallCount {
  readonly all: PageCall[] = [];
  private isKept = false;

  constructor(now: () => number) {
    const send = globalThis.fetch;
    globalThis.fetch = (input, init) => {
      const target = new Headers(init?.headers).get('X-Amz-Target');
      const operation = target?.split('.')[1];
      if (operation !== undefined) this.all.push({ operation, at: now() });
      return this.isKept ? new Promise(() => undefined) : send(input, init);
    };
  }

  /** From now on nothing is sent, and nothing fails. */
  keep(): void {
    this.isKept = true;
  }
}
