import type { Session, SessionService } from 'ngx-cognito-session';
import { catchError, forkJoin, of, type Observable } from 'rxjs';

/** Asks for new tokens as often as that, all in the same moment. Emits what each caller got: the session, or an error. */
export function fireCallers(
  session: SessionService,
  count: number,
): Observable<readonly (Session | Error)[]> {
  return forkJoin(
    Array.from({ length: count }, () =>
      session.forceRefresh().pipe(catchError((error: unknown) => of(error as Error))),
    ),
  );
}
