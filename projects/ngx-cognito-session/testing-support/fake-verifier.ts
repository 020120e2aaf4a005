import { defer, NEVER, of, Subject, take, throwError, type Observable } from 'rxjs';
import type { TokenVerifier } from '../src/lib/cognito/token-verifier';
import type { AuthTokens } from '../src/lib/core/token-set';
import { SessionError } from '../src/lib/errors/session-error';

/** Rejects what `forged` has made, unless it cannot tell. */
export class FakeVerifier implements TokenVerifier {
  /** `outage`: the keys cannot be fetched. `silent`: they never come. `held`: they come with `letGo`. */
  mode: 'answers' | 'outage' | 'silent' | 'held' = 'answers';
  /** The access tokens that it was asked about. */
  readonly asked: string[] = [];

  private readonly released = new Subject<void>();

  letGo(): void {
    this.mode = 'answers';
    this.released.next();
  }

  verify({ accessToken, idToken }: { accessToken: string; idToken?: string }): Observable<void> {
    return defer(() => {
      this.asked.push(accessToken);
      if (this.mode === 'silent') return NEVER;
      if (this.mode === 'held') return this.released.pipe(take(1));
      if (this.mode === 'outage')
        return throwError(() => new SessionError('networkError', 'The keys could not be fetched.'));
      return [accessToken, idToken].some((token) => token?.endsWith(FORGED) === true)
        ? throwError(() => new SessionError('invalidToken', 'The signature is wrong.'))
        : of(undefined);
    });
  }
}

const FORGED = '.forged';

/** A token with the same claims and another signature. */
export function forged(token: string): string {
  return token.replace(/\.[^.]*$/, FORGED);
}

/** The tokens of a record, the access token forged. */
export function withForgery(tokens: AuthTokens): AuthTokens {
  return { ...tokens, accessToken: forged(tokens.accessToken) };
}
