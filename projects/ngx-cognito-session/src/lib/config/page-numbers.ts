/** The numbers that a page needs before the engine; apart from `numbers.ts`, so that those come with the engine. */
export const SECOND_MS = 1000;

/** The longest wait between two tries, of a renewal as of loading the engine. */
export const MAX_BACKOFF_MS = 60 * SECOND_MS;

/** How long interceptor, guards and getters wait for the restore. */
export const RESTORE_WAIT_MS = 10 * SECOND_MS;

/** How long the body of a 401 is read for those who decide by it. */
export const REFUSAL_READ_MS = 2 * SECOND_MS;
