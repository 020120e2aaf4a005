import { UnknownChallengeError } from './cognito-sign-in';

const WRONG = 'User name or password is wrong.';

const TEXTS: ReadonlyMap<string, string> = new Map([
  // The page does not reveal whether a user exists.
  ['UserNotFoundException', WRONG],
  ['CodeMismatchException', 'The code is wrong.'],
  // The code for a new authenticator app.
  ['EnableSoftwareTokenMFAException', 'The code is wrong.'],
  ['ExpiredCodeException', 'The code has expired. Please start again.'],
  ['InvalidPasswordException', 'The new password does not meet the rules.'],
  ['UserNotConfirmedException', 'This account has not been confirmed yet.'],
  ['PasswordResetRequiredException', 'The password of this account has to be reset first.'],
  ['TooManyRequestsException', 'Too many attempts. Please wait a moment.'],
  ['LimitExceededException', 'Too many attempts. Please wait a moment.'],
  ['TypeError', 'Cognito could not be reached.'],
]);

/** The message for a user whose sign-in failed. */
export function signInProblem(error: unknown): string {
  if (error instanceof UnknownChallengeError)
    return `This account needs a step that this page does not have: ${error.message}.`;
  const { name, message } = error instanceof Error ? error : { name: '', message: '' };
  if (name === 'NotAuthorizedException' && message === 'Incorrect username or password.') return WRONG;
  const text = TEXTS.get(name);
  if (text !== undefined) return text;
  // A missing secret, a flow that is not enabled, a disabled user: only Cognito's text says which.
  if (name.endsWith('Exception') && message !== '')
    return `The sign-in did not work. Please start again. Cognito says: ${message}`;
  return `The sign-in did not work${name === '' ? '' : ` (${name})`}. Please start again.`;
}

const CORRECTABLE = [
  'CodeMismatchException',
  'EnableSoftwareTokenMFAException',
  'InvalidPasswordException',
  'TypeError',
];

/** Whether the user can answer the same challenge again. */
export const canAnswerAgain = (error: unknown): boolean =>
  error instanceof Error && CORRECTABLE.includes(error.name);
