import type { UserStatus } from './emulator-config';

/** What can change about a user while the emulator runs. */
export interface UserChange {
  /** False is AdminDisableUser: all tokens end for good, and enabling again does not bring them back. */
  enabled?: boolean;
  status?: UserStatus;
  password?: string;
  groups?: readonly string[];
  /** Merged into the attributes. */
  attributes?: Readonly<Record<string, string>>;
}
