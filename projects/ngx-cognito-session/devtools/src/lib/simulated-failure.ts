import { SessionError, ɵparseTokenAnswer, ɵtoServiceError, type RefreshedTokens } from 'ngx-cognito-session';
import type { ɵFailureKind } from 'ngx-cognito-session/devtools/panel';
import { concatMap, defer, fromEvent, map, NEVER, takeUntil, throwError, type Observable } from 'rxjs';

/** What Cognito answers: the name of its exception and the HTTP status. */
const ANSWERS = {
  serviceError: ['InternalErrorException', 500],
  throttled: ['TooManyRequestsException', 400],
  // As a firewall answers. A Lambda trigger that rejects the refresh has the same effect.
  refused: ['ForbiddenException', 403],
  revoked: ['NotAuthorizedException', 400],
  reuse: ['RefreshTokenReuseException', 400],
  userNotFound: ['UserNotFoundException', 400],
  userNotConfirmed: ['UserNotConfirmedException', 400],
  passwordResetRequired: ['PasswordResetRequiredException', 400],
} as const satisfies Partial<Record<ɵFailureKind, readonly [string, number]>>;

/**
 * Fails as the transport does. Only `lostAnswer` sends something: `call` is carried out, and its tokens are dropped. `hang` ends when
 * the library gives up. Cold.
 */
export function simulatedFailure(
  kind: ɵFailureKind,
  call: Observable<RefreshedTokens>,
  signal?: AbortSignal,
): Observable<RefreshedTokens> {
  switch (kind) {
    case 'network':
      return throwError(unreachable);
    case 'lostAnswer':
      return call.pipe(concatMap(() => throwError(unreachable)));
    case 'unreadable':
      return defer(() => [
        ɵparseTokenAnswer({ status: 200, headers: new Headers(), body: '<!doctype html>' }),
      ]);
    case 'hang':
      return signal === undefined
        ? NEVER
        : NEVER.pipe(takeUntil(fromEvent(signal, 'abort').pipe(map(() => null))));
    default: {
      const [name, status] = ANSWERS[kind];
      return throwError(() => ɵtoServiceError(name, status));
    }
  }
}

/** As without a network. */
export function unreachable(): SessionError {
  return new SessionError('networkError', 'Simulated by devtools: no answer from Cognito arrived.');
}
