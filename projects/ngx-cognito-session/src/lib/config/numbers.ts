/** The numbers of the library that are not configuration, each named once; with those of `page-numbers.ts`. */
import { SECOND_MS } from './page-numbers';

/** Default lead of a renewal before the earlier expiry, seconds. */
export const DEFAULT_REFRESH_BUFFER_SECONDS = 60;
/** The largest share of the token's lifetime that the buffer may take: short-lived tokens must not renew in a loop. */
export const BUFFER_SHARE = 0.25;
/** Up to this share of the buffer earlier, so that a fleet that signed in at nine does not renew at ten as one. */
export const BUFFER_JITTER_SHARE = 0.1;

/** Inside the buffer a caller waits this long for the renewal, then gets the token that is still valid. */
export const BRIEF_WAIT_MS = 3 * SECOND_MS;

export const DEFAULT_RETRY_COUNT = 1;
export const DEFAULT_RETRY_DELAY_SECONDS = 5;
export const BACKOFF_JITTER = 0.25;

/** Active time after which callers stop waiting for a renewal; its result is still accepted. */
export const REQUEST_SOFT_LIMIT_MS = 10 * SECOND_MS;
/** Active time after which a request is given up. */
export const REQUEST_HARD_LIMIT_MS = 30 * SECOND_MS;

/** Active time after which callers stop waiting for the attempt of another tab. */
export const ATTEMPT_WAIT_MS = 15 * SECOND_MS;
/** Own active time after which the attempt of somebody who may live is overtaken. */
export const ATTEMPT_TAKEOVER_MS = 20 * SECOND_MS;
/** Own active time after which an attempt is over, where no lock tells. */
export const ATTEMPT_WATCH_MS = 60 * SECOND_MS;
/** How often whoever waits for another tab looks by himself: its word may get lost. */
export const ATTEMPT_POLL_MS = SECOND_MS;

/** How long a new tab waits for others to bring tokens that no storage may hold. */
export const EXCHANGE_WAIT_MS = 250;

/** How long a tab that was duplicated and its copy wait for each other: a renewal of each. */
export const COPIED_TAB_LIMIT_MS = 60 * SECOND_MS;

/** One write or removal in a storage. */
export const STORAGE_LIMIT_MS = 2 * SECOND_MS;

/** A token obtained because of a 401 causes no renewal by another 401 for this long. */
export const UNAUTHORIZED_PAUSE_MS = 30 * SECOND_MS;

/** How long a server waits for the configuration and the verifier. */
export const SERVER_RESTORE_WAIT_MS = 2 * SECOND_MS;

/** `sessionEnding` comes this long before `endsAt`. */
export const ENDING_LEAD_MS = 300 * SECOND_MS;

/** Timers are re-armed in pieces: 2³¹ ms overflow, and a piece is checked against the clock when it ends. */
export const TIMER_PIECE_MS = 300 * SECOND_MS;
