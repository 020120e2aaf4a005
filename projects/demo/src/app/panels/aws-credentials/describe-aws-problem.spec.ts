import { SessionError } from 'ngx-cognito-session';
import { AwsCredentialsError } from 'ngx-cognito-session/aws-credentials';
import { describeAwsProblem } from './describe-aws-problem';

const named = (name: string) => Object.assign(new Error('x'), { name });

describe('describeAwsProblem', () => {
  it.each([
    ['guestsNotAllowed', /signed-in users only/],
    ['throttled', /more requests/],
    ['networkError', /connection/],
  ] as const)('says what %s means, and gives the code', (code, words) => {
    const text = describeAwsProblem(new AwsCredentialsError(code, 'technical'));

    expect(text).toMatch(words);
    expect(text).toContain(code);
    expect(text).not.toContain('technical');
  });

  it('says that no user is signed in', () => {
    expect(describeAwsProblem(new SessionError('noSession', 'x'))).toBe(
      'No user is signed in: there are no credentials.',
    );
  });

  it('says why there is no ID token', () => {
    expect(describeAwsProblem(new SessionError('networkError', 'Cognito cannot be reached.'))).toBe(
      'There is no current ID token: Cognito cannot be reached. (networkError)',
    );
  });

  it.each([
    [named('AccessDenied'), 'Your role does not allow this. (AccessDenied)'],
    [named('SlowDown'), 'The service has refused the request. (SlowDown)'],
    ['text', 'The service has refused the request.'],
  ])('finds words for what a service answers', (error, text) => {
    expect(describeAwsProblem(error)).toBe(text);
  });
});
