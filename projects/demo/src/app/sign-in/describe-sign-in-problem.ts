import { SessionError } from 'ngx-cognito-session';
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
  ['InternalErrorException', 'Cognito has failed. Please try again.'],
  ['TypeError', 'No answer from Cognito arrived.'],
]);

/** The message for a user whose sign-in failed. Pure. */
export function describeSignInProblem(error: unknown): string {
  if (error instanceof FurtherStepError)
    return `This account needs a further step (${error.challenge}), which the demo does not do.`;
  if (error instanceof SessionError) return `The sign-in failed: ${error.message}`;
  if (!(error instanceof Error)) return 'The sign-in failed. Please try again.';
  const { name, message } = error;
  // A wrong password and a missing secret have the same exception.
  if (name === 'NotAuthorizedException' && /\bsecret\b/i.test(message))
    return 'The app client has a secret, which a browser cannot keep. Use an app client without one.';
  return SENTENCES.get(name) ?? `The sign-in failed (${name}). Please try again.`;
}
