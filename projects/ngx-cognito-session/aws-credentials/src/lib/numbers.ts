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
