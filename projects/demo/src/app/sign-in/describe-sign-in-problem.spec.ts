import { SessionError } from 'ngx-cognito-session';
import { describeSignInProblem } from './describe-sign-in-problem';
import { FurtherStepError } from './further-step-error';

const named = (name: string, message = 'internal words') => Object.assign(new Error(message), { name });

describe('describeSignInProblem', () => {
  it('does not tell an unknown user from a wrong password', () => {
    expect(describeSignInProblem(named('UserNotFoundException'))).toBe(
      describeSignInProblem(named('NotAuthorizedException', 'Incorrect username or password.')),
    );
  });

  it.each([
    [
      'NotAuthorizedException',
      'Client 1example23456789 is configured with secret but SECRET_HASH was not received',
    ],
    ['NotAuthorizedException', 'User is disabled.'],
    ['InvalidParameterException', 'USER_PASSWORD_AUTH flow not enabled for this client'],
    ['SomethingNewException', 'Something new.'],
  ])('repeats what Cognito says with %s: %s', (name, message) => {
    expect(describeSignInProblem(named(name, message))).toBe(`Cognito refuses the sign-in: ${message}`);
  });

  it('names the step that a pool asks for', () => {
    expect(describeSignInProblem(new FurtherStepError('SOFTWARE_TOKEN_MFA'))).toContain('SOFTWARE_TOKEN_MFA');
  });

  it('says that the network failed', () => {
    expect(describeSignInProblem(new TypeError('Failed to fetch'))).toBe('No answer from Cognito arrived.');
  });

  it('does not take a failure of Cognito for a failure of the network', () => {
    expect(describeSignInProblem(named('InternalErrorException'))).toBe(
      'Cognito has failed. Please try again.',
    );
  });

  it('shows why the session could not begin', () => {
    expect(describeSignInProblem(new SessionError('tokensExpired', 'The tokens have expired.'))).toBe(
      'The sign-in failed: The tokens have expired.',
    );
  });

  it.each([
    [named('SomethingNewException', ''), 'The sign-in failed (SomethingNewException). Please try again.'],
    [named('constructor'), 'The sign-in failed (constructor). Please try again.'],
    ['a string', 'The sign-in failed. Please try again.'],
    [undefined, 'The sign-in failed. Please try again.'],
  ])('has a sentence for other errors: %p', (error, sentence) => {
    expect(describeSignInProblem(error)).toBe(sentence);
  });
});
