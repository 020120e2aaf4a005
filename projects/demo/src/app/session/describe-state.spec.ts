import { SessionError, type Session, type SessionErrorCode } from 'ngx-cognito-session';
import { describeState } from './describe-state';

function stale(code: SessionErrorCode): string {
  return describeState({
    status: 'stale',
    session: {} as Session,
    error: new SessionError(code, 'Details.'),
  }).detail;
}

describe('describeState', () => {
  it.each<[SessionErrorCode, string]>([
    ['networkError', 'No answer from Cognito arrived (networkError).'],
    ['serviceError', 'Cognito has failed (serviceError).'],
    ['throttled', 'Cognito does not accept more requests at the moment (throttled).'],
    ['noIdToken', 'The refresh failed (noIdToken).'],
  ])('says what happened when the session is stale: %s', (code, sentence) => {
    expect(stale(code)).toBe(`${sentence} You stay signed in, and the refresh is tried again.`);
  });
});
