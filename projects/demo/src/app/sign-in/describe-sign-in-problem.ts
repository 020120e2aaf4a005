import { FurtherStepError } from './further-step-error';

const SENTENCES: ReadonlyMap<string, string> = new Map([
  ['NotAuthorizedException', 'User name or password is wrong.'],
  // The page does not reveal whether a user exists.
  ['UserNotFoundException', 'User name or password is wrong.'],
  ['UserNotConfirmedException', 'This account has not been confirmed yet.'],
  ['PasswordResetRequiredException', 'The password of this account has to be reset first.'],
  ['TooManyRequestsException', 'Too many tries. Please wait a moment.'],
  ['LimitExceededException', 'Too many tries. Please wait a moment.'],
  ['InvalidParameterException', 'The app client does not allow signing in with a password.'],
  ['ResourceNotFoundException', 'There is no such app client in this user pool.'],
  ['TypeError', 'Cognito could not be reached.'],
]);

/** The message for a user whose sign-in failed. Pure. */
export function describeSignInProblem(error: unknown): string {
  if (error instanceof FurtherStepError)
    return `This account needs a further step (${error.challenge}), which the demo does not do.`;
  const name = error instanceof Error ? error.name : '';
  return SENTENCES.get(name) ?? 'That did not work. Please try again.';
}
