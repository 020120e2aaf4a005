/** The numbers of the package that are not options, each named once. */

export const SECOND_MS = 1000;

/** How long after its claim an attempt may be alive. Afterwards another instance claims. */
export const ATTEMPT_LIFETIME_MS = 10 * SECOND_MS;
/** How long requests join a refresh that has Cognito's answer and stores it: as long as `COMMIT_TRIES` may take. */
export const ANSWERED_LIFETIME_MS = 90 * SECOND_MS;
/** How long a request waits for a refresh; then it gets 503. */
export const REQUEST_WAIT_MS = 8 * SECOND_MS;
/** How long the request that refreshes waits while its access token is still valid. */
export const BRIEF_WAIT_MS = 3 * SECOND_MS;
/** How long a sign-out waits for Cognito to revoke a refresh token. */
export const REVOKE_WAIT_MS = 3 * SECOND_MS;
/** A request that waits for another instance reads the row again after half to all of this time. */
export const POLL_MS = 250;

/** The row's last-seen time is written at most this often. */
export const LAST_SEEN_INTERVAL_MS = 300 * SECOND_MS;

/** How often a write of new tokens is tried when the store fails: about a minute, because they exist nowhere else. */
export const COMMIT_TRIES = 16;
/** How often any other write is tried. */
export const WRITE_TRIES = 2;
/** The first pause between two tries; each is twice the one before, up to the limit. */
export const COMMIT_PAUSE_MS = 100;
export const MAX_COMMIT_PAUSE_MS = 5 * SECOND_MS;

/** The largest share of the token's lifetime that the buffer may take. */
export const BUFFER_SHARE = 0.25;
/** Up to this share of the buffer earlier, by chance. */
export const BUFFER_JITTER_SHARE = 0.1;

/** Waits after transient failures: min(60 s, 1 s·2ⁿ) ± 25 %. */
export const BACKOFF = { count: 0, delayMs: 0, maxBackoffMs: 60 * SECOND_MS, backoffJitter: 0.25 };
/** Leaves time for the last try to reach Cognito before the grace period ends. */
export const GRACE_MARGIN_MS = SECOND_MS;

/** A token that is younger causes no refresh by a 401: the API's clock is wrong, or it refuses for another reason. */
export const UNAUTHORIZED_PAUSE_MS = 30 * SECOND_MS;

/** How long a login may take. */
export const LOGIN_LIFETIME_MS = 600 * SECOND_MS;
/** How many logins of one browser may be open; the oldest are forgotten. */
export const MAX_OPEN_LOGINS = 5;

/** How much of a `User-Agent` is kept. */
export const USER_AGENT_LENGTH = 200;
