import { inject, REQUEST } from '@angular/core';
import { catchError, map, of, switchMap, type Observable } from 'rxjs';
import { TOKEN_VERIFIER } from '../cognito/token-verifier';
import { IS_BROWSER } from '../platform/is-browser';
import { EngineLoader } from '../session-service/engine-loader';

/**
 * On a server: the session of the request's cookies, if the app verifies tokens. In an injection context. Cold; emits
 * once and completes, never errors.
 */
export function restoreOnServer(): Observable<void> {
  const hasVerifier = inject(TOKEN_VERIFIER, { optional: true }) !== null;
  // While a page is rendered at build time there is nobody's request.
  const hasRequest = inject(REQUEST, { optional: true }) !== null;
  if (inject(IS_BROWSER) || !hasVerifier || !hasRequest) return of(undefined);
  return inject(EngineLoader).engine$.pipe(
    switchMap((engine) => engine.restoreOnServer()),
    map(() => undefined),
    // The loader has told of it.
    catchError(() => of(undefined)),
  );
}
