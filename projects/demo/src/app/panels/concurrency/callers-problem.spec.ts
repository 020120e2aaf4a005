import type { Session } from 'ngx-cognito-session';
import { callersProblem } from './callers-problem';

const session = {} as Session;

it('is none if all callers got a session', () => {
  expect(callersProblem([session, session])).toBe('');
});

it('says that all errors are the same, only if they are', () => {
  const [ended, lost] = [new Error('The session has ended.'), new Error('No answer arrived.')];

  expect(callersProblem([ended, new Error('The session has ended.')])).toBe(
    '2 of 2 callers got an error, all of them the same: The session has ended.',
  );
  expect(callersProblem([ended, session, lost])).toBe(
    '2 of 3 callers got an error, 2 different ones: The session has ended. No answer arrived.',
  );
});
