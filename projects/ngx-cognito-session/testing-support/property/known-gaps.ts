/**
 * What the library is known not to keep yet, each with the shortest sequence that shows it. A gap is excepted from the
 * properties while it is `true`; whoever closes it sets it to `false`, and removes it with its exception once that holds.
 */
export const KNOWN_GAPS = {
  /** signIn · the storage fails · signIn · it works again · signOut · restart: the first one is signed in. */
  replacedSessionStaysStored: true,
  /** signIn · the database is slow · signIn · setTokens(the first one's tokens): it ends as `signedOutElsewhere`. */
  supersededSignInEndsSession: true,
  /** A token inside its buffer is asked for · hidden · 3 s pass: it is handed out before the record was read. */
  briefWaitIgnoresSuspicion: true,
  /** A renewal is on its way · hidden · the storage fails · the answer comes: handed out before the record was read. */
  unsavedRenewalClearsSuspicion: true,
  /** The database hangs · signIn · signIn, both given up · it goes on: the first one is shown again. */
  lateOwnSignInIsFollowed: true,
};
