import type { Session, SessionService } from 'ngx-cognito-session';
import { forkJoin, type Observable } from 'rxjs';

/** Asks for new tokens as often as that, all in the same moment. Emits the sessions that the callers got. */
export function fireCallers(session: SessionService, count: number): Observable<readonly Session[]> {
  return forkJoin(Array.from({ length: count }, () => session.forceRefresh()));
}
