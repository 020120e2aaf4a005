import { SessionError, type AuthTokens, type RefreshRequest } from 'ngx-cognito-session';
import { ReplaySubject, type Observable } from 'rxjs';
import type { RefreshFailureCode } from './refresh-failure-code';
import type { TestClaims } from './test-claims';
import type { TestRefresh } from './test-refresh';

/** A refresh whose answer comes once, when the test gives it. */
export class AnsweredRefresh implements TestRefresh {
  private readonly answers = new ReplaySubject<AuthTokens>(1);
  private answered = false;

  /** Hot; replays the tokens and completes, or errors. */
  readonly answer$: Observable<AuthTokens> = this.answers.asObservable();

  constructor(
    readonly request: RefreshRequest,
    private readonly issue: (changes: TestClaims) => AuthTokens,
  ) {}

  get isAnswered(): boolean {
    return this.answered;
  }

  /** Whether the library still waits for it. */
  get isOpen(): boolean {
    return !this.answered && this.request.signal?.aborted !== true;
  }

  succeed(changes: TestClaims = {}): void {
    this.end();
    this.answers.next(this.issue(changes));
    this.answers.complete();
  }

  fail(code: RefreshFailureCode): void {
    this.end();
    this.answers.error(new SessionError(code, `A test let the refresh fail with '${code}'.`));
  }

  private end(): void {
    if (this.answered) throw new Error('This refresh has been answered.');
    this.answered = true;
  }
}
