import { signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { SessionError, SessionService, type SessionEvent, type SessionState } from 'ngx-cognito-session';
import { of, Subject, throwError } from 'rxjs';
import type { CognitoCall } from '../../emulator/cognito-call';
import { LocalCognito } from '../../emulator/local-cognito';
import { BreakCognito } from './break-cognito';

const session = { user: { username: 'alice' } } as never;
const SIGNED_IN: SessionState = { status: 'signedIn', session, refreshing: false };
const failure = new SessionError('serviceError', 'Cognito answered InternalErrorException.');

/** The first refresh has failed, and what comes of it is still open. */
function broken() {
  const events$ = new Subject<SessionEvent>();
  const state = signal<SessionState>(SIGNED_IN);
  const call = { number: 1, operation: 'GetTokensFromRefreshToken', status: 500 } as CognitoCall;
  TestBed.configureTestingModule({
    providers: [
      BreakCognito,
      { provide: LocalCognito, useValue: { calls: () => of({ calls: [call] }), command: () => of({}) } },
      {
        provide: SessionService,
        useValue: {
          events$,
          state,
          isSignedIn: () => state().status !== 'signedOut',
          forceRefresh: () => throwError(() => failure),
        },
      },
    ],
  });
  const cognito = TestBed.inject(BreakCognito);
  cognito.run();
  return { cognito, events$, state };
}

it('waits for the next try of the library', () => {
  const { cognito, events$ } = broken();
  expect(cognito.isRunning()).toBe(true);

  events$.next({ type: 'tokenRefreshed', origin: 'thisTab', session });

  expect(cognito.isRunning()).toBe(false);
  expect(cognito.outcome()).toEqual({ answers: ['500'], isRefreshed: true, state: SIGNED_IN });
});

it.each<[string, SessionEvent, SessionState]>([
  [
    'the session ends',
    { type: 'sessionExpired', origin: 'thisTab', reason: 'refreshTokenExpired', final: true },
    { status: 'signedOut', reason: 'refreshTokenExpired' },
  ],
  [
    'the tokens expire while the refresh fails',
    { type: 'sessionExpired', origin: 'thisTab', reason: 'refreshFailed', final: false },
    { status: 'stale', session, error: failure },
  ],
  [
    'the user signs out meanwhile',
    { type: 'signedOut', origin: 'otherTab' },
    { status: 'signedOut', reason: 'signedOutElsewhere' },
  ],
])('claims no new tokens if %s', (_, event, after) => {
  const { cognito, events$, state } = broken();

  state.set(after);
  events$.next(event);

  expect(cognito.isRunning()).toBe(false);
  expect(cognito.outcome()).toMatchObject({ isRefreshed: false, state: after });
});
