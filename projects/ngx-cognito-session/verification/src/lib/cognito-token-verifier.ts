import { inject, InjectionToken, NgZone } from '@angular/core';
import { catchError, defer, from, switchMap, throwError, type Observable } from 'rxjs';
import {
  SessionError,
  ɵSESSION_SCHEDULER,
  type ɵResolvedConfig,
  type ɵTokenVerifier,
} from 'ngx-cognito-session';
import type * as PoolVerifierModule from './pool-verifier';
import type { TokenVerificationOptions } from './token-verification-options';
import type { Verify } from './verify';

/** Loads the chunk with `aws-jwt-verify`; a port, so that a test can make it fail. */
export const LOAD_POOL_VERIFIER = new InjectionToken<() => Promise<typeof PoolVerifierModule>>(
  'LOAD_POOL_VERIFIER',
  { providedIn: 'root', factory: () => () => import('./pool-verifier') },
);

/** Loads `aws-jwt-verify` with the first tokens, and verifies with it. */
export class CognitoTokenVerifier implements ɵTokenVerifier {
  private readonly load = inject(LOAD_POOL_VERIFIER);
  private readonly zone = inject(NgZone);
  private readonly scheduler = inject(ɵSESSION_SCHEDULER);

  /** Needs an injection context. `verifiers`: those of each user pool and app client that were made before. */
  constructor(
    private readonly options: TokenVerificationOptions,
    private readonly verifiers: Map<string, Verify>,
  ) {}

  verify(tokens: Parameters<Verify>[0], { userPoolId, clientId }: ɵResolvedConfig): Observable<void> {
    return this.outside(this.load).pipe(
      catchError((cause: unknown) =>
        throwError(
          () =>
            new SessionError('networkError', 'The code that verifies tokens could not be loaded.', { cause }),
        ),
      ),
      switchMap(({ createPoolVerifier }) => {
        const key = `${String(userPoolId)} ${clientId}`;
        const verify =
          this.verifiers.get(key) ??
          createPoolVerifier({
            ...this.options,
            userPoolId: String(userPoolId),
            clientId,
            scheduler: this.scheduler,
          });
        this.verifiers.set(key, verify);
        return this.outside(() => verify(tokens));
      }),
    );
  }

  private outside<T>(work: () => Promise<T>): Observable<T> {
    return defer(() => this.zone.runOutsideAngular(() => from(work())));
  }
}
