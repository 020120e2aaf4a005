import { inject, Injectable, signal } from '@angular/core';
import { SessionError, SessionService } from 'ngx-cognito-session';
import { catchError, finalize, first, map, of, switchMap, throwError, type Observable } from 'rxjs';
import { LocalCognito } from '../../emulator/local-cognito';

const REFRESH = 'GetTokensFromRefreshToken';

/** What came of it, in the order in which it is shown. */
export interface Outcome {
  /** What Cognito answered to each try. */
  readonly answers: readonly string[];
  readonly isSignedIn: boolean;
  readonly error: SessionError | null;
}

/** Has Cognito fail once while the tokens are refreshed, and sees what becomes of the session. */
@Injectable()
export class BreakCognito {
  private readonly session = inject(SessionService);
  private readonly cognito = inject(LocalCognito);

  readonly isRunning = signal(false);
  readonly outcome = signal<Outcome | null>(null);
  /** Whether the local Cognito could not be steered. */
  readonly hasFailed = signal(false);

  run(): void {
    if (this.isRunning()) return;
    this.isRunning.set(true);
    this.outcome.set(null);
    this.hasFailed.set(false);
    this.breakOnce()
      .pipe(finalize(() => this.isRunning.set(false)))
      .subscribe({
        next: (outcome) => this.outcome.set(outcome),
        error: () => this.hasFailed.set(true),
      });
  }

  private breakOnce(): Observable<Outcome> {
    return this.cognito.calls().pipe(
      map(({ calls }) => calls.at(-1)?.number ?? 0),
      switchMap((before) =>
        this.cognito.command('fault', { operation: REFRESH, kind: 'status', status: 500 }).pipe(
          switchMap(() => this.session.forceRefresh()),
          map(() => null),
          catchError((error: unknown) => this.afterFailure(error)),
          switchMap((error) => this.answersAfter(before).pipe(map((answers) => ({ answers, error })))),
        ),
      ),
      map((result) => ({ ...result, isSignedIn: this.session.isSignedIn() })),
    );
  }

  /** After a failure that may pass, the library tries again on its own. */
  private afterFailure(error: unknown): Observable<SessionError | null> {
    if (!(error instanceof SessionError)) return throwError(() => error);
    if (!error.retryable) return of(error);
    return this.session.events$.pipe(
      first(({ type }) => type === 'tokenRefreshed' || type === 'sessionExpired'),
      map(() => null),
    );
  }

  private answersAfter(number: number): Observable<readonly string[]> {
    return this.cognito
      .calls(number)
      .pipe(
        map(({ calls }) =>
          calls
            .filter(({ operation }) => operation === REFRESH)
            .map(({ status }) => String(status ?? 'none')),
        ),
      );
  }
}
