import { HttpErrorResponse, type HttpEvent, type HttpInterceptorFn } from '@angular/common/http';
import { inject, InjectionToken } from '@angular/core';
import { catchError, from, switchMap, throwError, type Observable } from 'rxjs';

/** What the hand-written interceptor needs of a session. */
export interface NaiveSession {
  accessToken(): string | null;
  isExpired(): boolean;
  /** Calls Cognito each time. */
  refresh(): Promise<void>;
  signOut(): void;
}

export const NAIVE_SESSION = new InjectionToken<NaiveSession>('NAIVE_SESSION');

/**
 * What many apps write by hand: each call that finds an expired token refreshes for itself, as does each 401. A refresh that fails, for
 * whatever reason, ends the session.
 */
export const naiveInterceptor: HttpInterceptorFn = (request, next) => {
  const session = inject(NAIVE_SESSION);
  const send = (): Observable<HttpEvent<unknown>> =>
    next(request.clone({ setHeaders: { Authorization: `Bearer ${session.accessToken() ?? ''}` } }));
  const refreshAndSend = (): Observable<HttpEvent<unknown>> =>
    from(session.refresh()).pipe(
      catchError((error: unknown) => {
        session.signOut();
        return throwError(() => error);
      }),
      switchMap(send),
    );

  if (session.isExpired()) return refreshAndSend();
  return send().pipe(
    catchError((error: unknown) =>
      error instanceof HttpErrorResponse && error.status === 401 ? refreshAndSend() : throwError(() => error),
    ),
  );
};
