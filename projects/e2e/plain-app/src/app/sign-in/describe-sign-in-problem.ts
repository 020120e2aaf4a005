import { SessionError } from 'ngx-cognito-session';
import { FurtherStepError } from './further-step-error';

const WRONG = 'User name or password is wrong.';

const SENTENCES: ReadonlyMap<string, string> = new Map([
  // The page does not reveal whether a user exists.
  ['UserNotFoundException', WRONG],
  ['UserNotConfirmedException', 'This account has not been confirmed yet.'],
  ['PasswordResetRequiredException', 'The password of this account has to be reset first.'],
  ['TooManyRequestsException', 'Too many tries. Please wait a moment.'],
  ['LimitExceededException', 'Too many tries. Please wait a moment.'],
  ['ResourceNotFoundException', 'There is no such app client in this user pool.'],
  ['InternalErrorException', 'Cognito has failed. Please try again.'],
  ['TypeError', 'No answer from Cognito arrived.'],
]);

/** What Cognito says of a wrong password. The same exception also stands for a disabled user and for a missing secret. */
const WRONG_PASSWORD = 'Incorrect username or password.';

/** The message for a user whose sign-in failed. What has no sentence here is said in Cognito's own words. Pure. */
export function describeSignInProblem(error: unknown): string {
  if (error instanceof FurtherStepError)
    return `This account needs a further step (${error.challenge}), which the demo does not do.`;
  if (error instanceof SessionError) return `The sign-in failed: ${error.message}`;
  const { name, message } = error instanceof Error ? error : { name: '', message: '' };
  if (name === 'NotAuthorizedException' && message === WRONG_PASSWORD) return WRONG;
  const sentence = SENTENCES.get(name);
  if (sentence !== undefined) return sentence;
  if (name.endsWith('Exception') && message !== '') return `Cognito refuses the sign-in: ${message}`;
  return name === ''
    ? 'The sign-in failed. Please try again.'
    : `The sign-in failed (${name}). Please try again.`;
}
