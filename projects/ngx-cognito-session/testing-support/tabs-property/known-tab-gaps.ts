/** What tabs together are known not to keep yet, each with the shortest sequence that shows it; see `property/known-gaps.ts`. */
export const KNOWN_TAB_GAPS = {
  /**
   * Values that others see 200 ms late · tab A renews (R1 → R2) · at once tab B, which still sees R1, signs out, or in over
   * it: it revokes R1, and nobody revokes R2.
   */
  lagHidesTheNewestToken: true,
  /** Some script says `started` with the session and the generation on record: every tab that hears it renews. */
  madeUpStartCostsACall: false,
  /**
   * Tab A renews, the call is held · tab B signs in anew, and renews: A, told so, wants to stand by, and waits for its own
   * call first · B's renewal is stored · A's call comes back: A renews the new session once more.
   */
  standByAfterAnotherSession: false,
  /** The database hangs · sign-ins in three tabs within a second · it goes on: one of them is revoked, and yet the last to be stored. */
  lateSignInsOverwrite: true,
  /** A getter waits for a renewal · the database hangs · another tab signs out · it goes on: the getter gives the token. */
  getterOutlivesSignOut: false,
  /** A tab that has not heard of a sign-in is about to look at the record, and signs in itself: the session between is not revoked. */
  signInDuringLook: true,
  /**
   * What is signed in or out while the storage fails is not always made good. The storage refuses to be written · a tab that
   * is still restoring signs out · it works again: the session is there as before. Or: the database hangs · two sign-ins and
   * a sign-out in one tab · it goes on: the other tab is still signed in as before.
   */
  commandsWhileStorageFails: true,
};
