import { inject, InjectionToken, REQUEST } from '@angular/core';
import { catchError, defer, map, of, take, type Observable } from 'rxjs';
import { TOKEN_VERIFIER, type TokenVerifier } from '../cognito/token-verifier';
import { RESOLVED_CONFIG } from '../config/resolved-config';
import { liveRecord, parseCopy, type StoredSession } from '../core/session-record';
import { readTokenSet } from '../core/token-set';
import { SessionError } from '../errors/session-error';
import { SessionStore } from '../state/session-store';
import { SESSION_STORAGE } from '../storage/session-storage-token';
import type { StorageAdapter } from '../storage/storage-adapter';
import { FailureReport, toSessionError } from './failure-report';
import { SessionFactory } from './session-factory';

/** What only the adapter for cookies can do. */
interface RequestCookies extends StorageAdapter {
  readonly ɵreadRequest?:
    | ((key: string, request: { readonly header: string; readonly isHttps: boolean }) => string | null)
    | undefined;
}

/** Builds for browsers leave the class behind it out. */
export const SERVER_RESTORE = new InjectionToken<ServerRestore>('SERVER_RESTORE');

/**
 * On a server: the session of the request's cookies, if the app verifies tokens. Nothing is refreshed or written. What
 * cannot be decided there stays `restoring`, for the browser to decide.
 */
export class ServerRestore {
  private readonly request = inject(REQUEST, { optional: true });
  private readonly verifier = inject(TOKEN_VERIFIER, { optional: true });
  private readonly adapter: RequestCookies = inject(SESSION_STORAGE);
  private readonly config = inject(RESOLVED_CONFIG);
  private readonly factory = inject(SessionFactory);
  private readonly store = inject(SessionStore);
  private readonly report = inject(FailureReport);

  /** Cold, one value. Errors if the cookies or the verifier do not tell whose session it is. */
  run(): Observable<void> {
    return defer(() => {
      const { verifier, request, adapter, config } = this;
      // A page that is rendered at build time has no request.
      if (verifier === null || request === null || !adapter.ɵreadRequest) return of(undefined);
      const text = adapter.ɵreadRequest(config.namespace, {
        header: request.headers.get('cookie') ?? '',
        isHttps: request.url.startsWith('https:'),
      });
      const stored = liveRecord(parseCopy(text));
      if (stored !== null) return this.verify(stored, verifier);
      if (text !== null)
        throw new SessionError('storageError', 'The session in the cookies of the request is damaged.');
      this.store.apply({ type: 'notRestored', reason: 'noSession' });
      return of(undefined);
    }).pipe(take(1));
  }

  private verify(stored: StoredSession, verifier: TokenVerifier): Observable<void> {
    const { accessToken, idToken } = stored.tokens;
    return verifier.verify({ accessToken, ...(idToken !== undefined && { idToken }) }, this.config).pipe(
      map(() => this.adopt(stored)),
      catchError((error: unknown) => {
        const reason = toSessionError(error);
        if (reason.code !== 'invalidToken') throw reason;
        this.report.log(reason);
        this.store.apply({ type: 'notRestored', reason: 'storageUnreadable', error: reason });
        return of(undefined);
      }),
    );
  }

  /** Without its refresh token: a server refreshes nothing. By the server's clock, which is not the device's. */
  private adopt({ sid, gen, since, tokens: stored }: StoredSession): void {
    const { refreshToken: _unused, ...rest } = stored;
    const tokens = readTokenSet(rest, this.config);
    const active = this.factory.create({ sid, gen, since, tokens, driftMs: 0, isFresh: false });
    // Expired: whether it can be refreshed is for the browser to decide.
    if (this.factory.isLive(active)) this.store.apply({ type: 'adopted', active, origin: 'otherTab' });
  }
}
