import { DEFAULT_USER, type UserConfig } from 'cognito-emulator';

/** The users of the local pool, with the groups that the demo asks for. */
export const DEMO_USERS: readonly UserConfig[] = [
  DEFAULT_USER,
  {
    username: 'bob',
    password: 'Correct-horse-2',
    attributes: { email: 'bob@example.com', email_verified: 'true', given_name: 'Bob' },
  },
  {
    username: 'carol',
    password: 'Correct-horse-3',
    attributes: { email: 'carol@example.com', email_verified: 'true', given_name: 'Carol' },
    groups: ['admins', 'editors'],
  },
];
