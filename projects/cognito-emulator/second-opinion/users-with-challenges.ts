import type { UserConfig } from 'cognito-emulator';

const password = 'Correct-horse-1';

/** Of whom a sign-in asks for more than the password. */
export const USERS_WITH_CHALLENGES: readonly UserConfig[] = [
  { username: 'temp', password, status: 'FORCE_CHANGE_PASSWORD' },
  { username: 'mail', password, attributes: { email: 'mail@example.com', email_verified: 'true' } },
  { username: 'fresh', password },
  { username: 'totp', password, totpSecret: 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ' },
];
