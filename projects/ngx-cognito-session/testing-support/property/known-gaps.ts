/**
 * Promises that the library does not keep in some cases, each with the shortest sequence that shows it. A gap is excepted
 * from the properties while it is `true`.
 */
export const KNOWN_GAPS = {
  /**
   * A session is stored · the storage fails · a new page starts · the device's clock is set back · the user signs in · the
   * storage works again: the stored session wins. Of two sessions the one with the later `since` wins. `since` is the
   * device's clock at the sign-in, and a page that has not read the record does not know that its clock is behind. This
   * design cannot close the gap: while the storage fails, the device's clock is all that orders two sign-ins of two pages.
   */
  clockSetBackWhileStorageFails: true,
};
