import { inject, Injectable, signal } from '@angular/core';
import { SessionService, type SessionError } from 'ngx-cognito-session';
import { catchError, defer, finalize, map, of, retry, switchMap, type Observable } from 'rxjs';
import { LocalCognito } from '../../emulator/local-cognito';

const REFRESH = 'GetTokensFromRefreshToken';
const RETRY_AFTER_MS = 5500;

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

  run(): void {
    if (this.isRunning()) return;
    this.isRunning.set(true);
    this.outcome.set(null);
    this.breakOnce()
      .pipe(finalize(() => this.isRunning.set(false)))
      .subscribe((outcome) => this.outcome.set(outcome));
  }

  private breakOnce(): Observable<Outcome> {
    return this.cognito.calls().pipe(
      map(({ calls }) => calls.at(-1)?.number ?? 0),
      switchMap((before) =>
        this.cognito.command('fault', { operation: REFRESH, kind: 'status', status: 500 }).pipe(
          // After a failure no tab calls Cognito for five seconds.
          switchMap(() =>
            defer(() => this.session.forceRefresh()).pipe(retry({ count: 2, delay: RETRY_AFTER_MS })),
          ),
          map(() => null),
          catchError((error: unknown) => of(error as SessionError)),
          switchMap((error) => this.answersAfter(before).pipe(map((answers) => ({ answers, error })))),
        ),
      ),
      map((result) => ({ ...result, isSignedIn: this.session.isSignedIn() })),
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
