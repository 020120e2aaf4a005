/** Default lead time of a refresh before the expiry, seconds. Credentials live for an hour. */
export const DEFAULT_BUFFER_SECONDS = 300;

/** Inside the buffer a caller waits this long for the refresh, then gets the credentials that are still valid. */
export const BRIEF_WAIT_MS = 3000;

/** Active time after which a run is given up: tokens, identity and credentials. */
export const RUN_LIMIT_MS = 20_000;

/** A tab that obtains an identity id is waited for this long: its tokens may have to be refreshed first. */
export const LOCK_LIMIT_MS = 10_000;

/** One operation of the database that takes longer is done without. */
export const STORE_LIMIT_MS = 2000;

/** Timers are re-armed in pieces, and checked against the clock when a piece ends. */
export const TIMER_PIECE_MS = 300_000;

/** What was refused is tried again after this time: by then there is another ID token, or another configuration of the pool. */
export const REFUSED_WAIT_MS = 900_000;

/** After the device came online, the next attempt comes within this time. */
export const ONLINE_WAIT_MS = 500;

/** An SDK client asks the provider again within this time. Clients ask from five minutes before the expiry they are told. */
export const PROVIDER_EXPIRY_MS = 60_000;

/** The lead time of a refresh, as for tokens: at most a quarter of the lifetime, and up to 10 % more by chance. `random`: 0 ≤ value < 1. Pure. */
export function leadTimeMs(bufferSeconds: number, lifetimeMs: number, random: number): number {
  return Math.min(bufferSeconds * 1000, lifetimeMs / 4) * (1 + random / 10);
}

/** The wait after so many failures in a row, as for tokens: 1 s, 2 s, 4 s … 60 s, ± 25 %. `random`: 0 ≤ value < 1. Pure. */
export function backOffMs(failures: number, random: number): number {
  return Math.min(60_000, 500 * 2 ** failures) * (0.75 + random / 2);
}
