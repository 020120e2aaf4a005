import type { SoftwareToken } from '../challenges/software-token';
import type { UserStatus } from '../config/emulator-config';
import type { CodePurpose, SentCode } from './sent-code';

/** A user of a user pool. */
export interface User {
  readonly username: string;
  readonly sub: string;
  password: string;
  attributes: Record<string, string>;
  groups: string[];
  enabled: boolean;
  status: UserStatus;
  /** The authenticator app. */
  softwareToken: SoftwareToken | null;
  /** One of which no code was shown yet. */
  pendingSoftwareToken: SoftwareToken | null;
  /** The codes that were sent and have not been used, the last one last. */
  readonly sentCodes: Map<CodePurpose, SentCode>;
  /** Device keys, each with whether the device was confirmed. */
  readonly devices: Map<string, { isConfirmed: boolean }>;
}
