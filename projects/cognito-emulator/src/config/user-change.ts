import type { UserStatus } from './emulator-config';

/** What can change about a user while the emulator runs. */
export interface UserChange {
  /** False is AdminDisableUser: all tokens end for good, and enabling again does not bring them back. */
  enabled?: boolean;
  /** What sign-ins depend on. */
  status?: UserStatus;
  /** A new password. */
  password?: string;
  /** Instead of those before. */
  groups?: readonly string[];
  /** Merged into the attributes. */
  attributes?: Readonly<Record<string, string>>;
}
