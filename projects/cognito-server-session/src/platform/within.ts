import type { waitFor } from './wait-for';

interface Limit<T> {
  readonly ms: number;
  readonly wait: typeof waitFor;
  readonly otherwise: () => Promise<T>;
}

/** The result of the work, or after a time something else. The work goes on. */
export async function within<T>(work: Promise<T>, { ms, wait, otherwise }: Limit<T>): Promise<T> {
  const cancel = new AbortController();
  try {
    return await Promise.race([
      work,
      wait(ms, cancel.signal).then(() => (cancel.signal.aborted ? work : otherwise())),
    ]);
  } finally {
    cancel.abort();
  }
}
