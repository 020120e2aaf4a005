import type { UserStatus } from '../config/emulator-config';

/** A user of a user pool. */
export interface User {
  readonly username: string;
  readonly sub: string;
  password: string;
  attributes: Record<string, string>;
  groups: string[];
  enabled: boolean;
  status: UserStatus;
  /** Device keys, each with whether the device was confirmed. */
  readonly devices: Map<string, { isConfirmed: boolean }>;
}
