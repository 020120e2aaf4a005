import { SessionError } from 'ngx-cognito-session';
import { describeSignInProblem } from './describe-sign-in-problem';
import { FurtherStepError } from './further-step-error';

const named = (name: string) => Object.assign(new Error('internal words'), { name });

describe('describeSignInProblem', () => {
  it('does not tell an unknown user from a wrong password', () => {
    expect(describeSignInProblem(named('UserNotFoundException'))).toBe(
      describeSignInProblem(named('NotAuthorizedException')),
    );
  });

  it('names the step that a pool asks for', () => {
    expect(describeSignInProblem(new FurtherStepError('SOFTWARE_TOKEN_MFA'))).toContain('SOFTWARE_TOKEN_MFA');
  });

  it('says that the network failed', () => {
    expect(describeSignInProblem(new TypeError('Failed to fetch'))).toBe('No answer from Cognito arrived.');
  });

  it('tells a secret of the app client from a wrong password', () => {
    const message = 'Client 1 is configured for secret but secret was not received';

    expect(
      describeSignInProblem(Object.assign(new Error(message), { name: 'NotAuthorizedException' })),
    ).toContain('The app client has a secret');
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
    [named('SomethingNewException'), 'The sign-in failed (SomethingNewException). Please try again.'],
    [named('constructor'), 'The sign-in failed (constructor). Please try again.'],
    ['a string', 'The sign-in failed. Please try again.'],
    [undefined, 'The sign-in failed. Please try again.'],
  ])('has a sentence for other errors: %p', (error, sentence) => {
    expect(describeSignInProblem(error)).toBe(sentence);
  });
});
