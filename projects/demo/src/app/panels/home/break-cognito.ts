import { DestroyRef, inject, Injectable, signal } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { SessionError, SessionService, type SessionEvent, type SessionState } from 'ngx-cognito-session';
import { catchError, finalize, first, map, of, switchMap, throwError, type Observable } from 'rxjs';
import { LocalCognito } from '../../emulator/local-cognito';

const REFRESH = 'GetTokensFromRefreshToken';

/** After these the outcome is certain: new tokens, expired ones while the refresh fails, or no session. */
const OUTCOMES: readonly SessionEvent['type'][] = ['tokenRefreshed', 'sessionExpired', 'signedOut'];

/** What came of it. */
export interface Outcome {
  /** What Cognito answered to each try. */
  readonly answers: readonly string[];
  /** Whether there are new tokens. */
  readonly isRefreshed: boolean;
  /** The state of the session then. */
  readonly state: SessionState;
}

/** Has Cognito fail once while the tokens are refreshed, and sees what becomes of the session. */
@Injectable()
export class BreakCognito {
  private readonly session = inject(SessionService);
  private readonly cognito = inject(LocalCognito);
  private readonly destroyRef = inject(DestroyRef);

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
      .pipe(
        takeUntilDestroyed(this.destroyRef),
        finalize(() => this.isRunning.set(false)),
      )
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
          map(() => true),
          catchError((error: unknown) => this.afterFailure(error)),
          switchMap((isRefreshed) =>
            this.answersAfter(before).pipe(map((answers) => ({ answers, isRefreshed }))),
          ),
        ),
      ),
      map((result) => ({ ...result, state: this.session.state() })),
    );
  }

  /** Whether there are new tokens in the end: after a failure that may pass, the library tries again on its own. */
  private afterFailure(error: unknown): Observable<boolean> {
    if (!(error instanceof SessionError)) return throwError(() => error);
    if (!error.retryable || !this.session.isSignedIn()) return of(false);
    return this.session.events$.pipe(
      first(({ type }) => OUTCOMES.includes(type)),
      map(({ type }) => type === 'tokenRefreshed'),
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
