import { SessionError, ɵparseTokenAnswer, ɵtoServiceError, type RefreshedTokens } from 'ngx-cognito-session';
import type { ɵFailureKind } from 'ngx-cognito-session/devtools/panel';
import { defer, fromEvent, map, NEVER, takeUntil, throwError, type Observable } from 'rxjs';

/** Fails as the transport does. Nothing is sent. `hang` ends when the library gives up. Cold. */
export function simulatedFailure(kind: ɵFailureKind, signal?: AbortSignal): Observable<RefreshedTokens> {
  switch (kind) {
    case 'network':
      return throwError(unreachable);
    case 'serviceError':
      return throwError(() => ɵtoServiceError('InternalErrorException', 500));
    case 'throttled':
      return throwError(() => ɵtoServiceError('TooManyRequestsException', 400));
    case 'revoked':
      return throwError(() => ɵtoServiceError('NotAuthorizedException', 400));
    case 'reuse':
      return throwError(() => ɵtoServiceError('RefreshTokenReuseException', 400));
    case 'unreadable':
      return defer(() => [
        ɵparseTokenAnswer({ status: 200, headers: new Headers(), body: '<!doctype html>' }),
      ]);
    case 'hang':
      return signal === undefined
        ? NEVER
        : NEVER.pipe(takeUntil(fromEvent(signal, 'abort').pipe(map(() => null))));
  }
}

/** As without a network. */
export function unreachable(): SessionError {
  return new SessionError('networkError', 'Simulated by devtools: no answer from Cognito arrived.');
}
