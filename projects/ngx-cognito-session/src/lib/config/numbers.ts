/** The numbers of the library that are not configuration, each named once. */

export const SECOND_MS = 1000;

/** Default lead time of a refresh before the earlier expiry, seconds. */
export const DEFAULT_REFRESH_BUFFER_SECONDS = 60;
/** The largest share of the token's lifetime that the buffer may take: short-lived tokens must not be refreshed in a loop. */
export const BUFFER_SHARE = 0.25;
/** Up to this share of the buffer earlier, so that devices that signed in at the same time do not refresh at the same time. */
export const BUFFER_JITTER_SHARE = 0.1;

/** Inside the buffer a caller waits this long for the refresh, then gets the token that is still valid. */
export const BRIEF_WAIT_MS = 3 * SECOND_MS;

export const DEFAULT_RETRY_COUNT = 1;
export const DEFAULT_RETRY_DELAY_SECONDS = 5;
export const BACKOFF_JITTER = 0.25;
/** The longest wait between two attempts. */
export const MAX_BACKOFF_MS = 60 * SECOND_MS;

/** How long interceptor, guards and getters wait for the restore. */
export const RESTORE_WAIT_MS = 10 * SECOND_MS;

/** One verification of tokens, the keys of the user pool included. */
export const VERIFICATION_LIMIT_MS = 10 * SECOND_MS;
/** A session whose tokens cannot be verified is `stale` this long before callers stop waiting for the restore. */
export const VERIFICATION_MARGIN_MS = 500;

/** Tokens that could not be verified are not verified again before, however often the session is used. */
export const VERIFICATION_PAUSE_MS = SECOND_MS;

/** How long the body of a 401 is read for the app's predicate. */
export const REFUSAL_READ_MS = 2 * SECOND_MS;

/** Active time after which callers stop waiting for a refresh; its result is still accepted. */
export const REQUEST_SOFT_LIMIT_MS = 10 * SECOND_MS;
/** Active time after which a request is aborted. */
export const REQUEST_HARD_LIMIT_MS = 30 * SECOND_MS;

/** Active time after which a caller stops waiting for a refresh, of this tab or of another one, or for a sign-out. */
export const ATTEMPT_WAIT_MS = 15 * SECOND_MS;
/** Callers are answered by the device clock alone for this time after the monotonic clock was read. */
export const CLOCK_CHECK_MS = SECOND_MS;
/** Callers who ask for a token within this time wait together. */
export const SHARED_WAIT_MS = SECOND_MS;
/** Own active time after which a tab takes over an attempt whose owner may live. */
export const ATTEMPT_TAKEOVER_MS = 20 * SECOND_MS;
/** How long after its claim an attempt without a lock may be alive. */
export const ATTEMPT_WATCH_MS = 60 * SECOND_MS;
/** How often a tab that waits for another one looks at the record: a hint may get lost. */
export const ATTEMPT_POLL_MS = SECOND_MS;

/** A lock that is not granted within this time is done without. */
export const LOCK_LIMIT_MS = 2 * SECOND_MS;

/** A page without its database refreshes this long before expiry: later than pages that have theirs. */
export const DETACHED_BUFFER_MS = 30 * SECOND_MS;
/** How long a copy may be on its way to another page: a lock, or a message, can be there first. */
export const COPY_TRAVEL_MS = 250;

/** One operation of a storage. */
export const STORAGE_LIMIT_MS = 2 * SECOND_MS;

/** A token obtained because of a 401 causes no refresh by another 401 for this long. */
export const UNAUTHORIZED_PAUSE_MS = 30 * SECOND_MS;

/** A younger token that is rejected is sent again at this age: the clock of the API may be behind by so much. */
export const YOUNG_TOKEN_MS = 3 * SECOND_MS;

/** How long a server waits for the configuration and the verifier. */
export const SERVER_RESTORE_WAIT_MS = 2 * SECOND_MS;

/** `sessionEnding` comes this long before `endsAt`. */
export const ENDING_LEAD_MS = 300 * SECOND_MS;

/** Timers are re-armed in pieces: 2³¹ ms overflow, and a piece is checked against the clock when it ends. */
export const TIMER_PIECE_MS = 300 * SECOND_MS;
