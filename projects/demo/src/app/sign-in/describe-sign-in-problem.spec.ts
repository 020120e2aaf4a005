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
    expect(describeSignInProblem(new TypeError('Failed to fetch'))).toBe('Cognito could not be reached.');
  });

  it.each([named('SomethingNewException'), named('constructor'), 'a string', undefined])(
    'has a sentence for whatever else is thrown',
    (error) => {
      expect(describeSignInProblem(error)).toBe('That did not work. Please try again.');
    },
  );
});
