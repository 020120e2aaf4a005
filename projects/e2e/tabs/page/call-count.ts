/** A fetch that left the library, whether or not it reached anybody. */
export interface PageCall {
  readonly operation: string;
  /** By the page's clock. */
  readonly at: number;
}

/** Counts in the page: what a server counts is more when a browser sends again, and less when the device is offline. */
export function countCalls(now: () => number): readonly PageCall[] {
  const calls: PageCall[] = [];
  const send = globalThis.fetch;
  globalThis.fetch = (input, init) => {
    const target = new Headers(init?.headers).get('X-Amz-Target');
    const operation = target?.split('.')[1];
    if (operation !== undefined) calls.push({ operation, at: now() });
    return send(input, init);
  };
  return calls;
}
