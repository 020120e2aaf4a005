/** What a code is for. */
export type CodePurpose = 'confirmation' | 'passwordReset' | 'signIn';

/** A code that was sent to a user. */
export interface SentCode {
  /** Six digits. */
  readonly value: string;
  /** By the emulator's clock, epoch milliseconds. */
  readonly expiresAt: number;
}
