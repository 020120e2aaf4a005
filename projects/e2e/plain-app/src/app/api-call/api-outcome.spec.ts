import { HttpErrorResponse } from '@angular/common/http';
import { SessionError } from 'ngx-cognito-session';
import { toFailedOutcome } from './api-outcome';

describe('toFailedOutcome', () => {
  it('shows what the API answered', () => {
    const error = new HttpErrorResponse({ status: 401, error: { message: 'Unauthorized' } });

    expect(toFailedOutcome(error)).toEqual({
      kind: 'answered',
      isOk: false,
      status: 401,
      body: { message: 'Unauthorized' },
    });
  });

  it('tells a call that was not sent from one that was not answered', () => {
    const notSent = new SessionError('networkError', 'No answer from Cognito arrived.');

    expect(toFailedOutcome(notSent)).toMatchObject({ kind: 'notSent', code: 'networkError' });
    expect(toFailedOutcome(new HttpErrorResponse({ status: 0 }))).toEqual({ kind: 'unreachable' });
  });
});
