import { inject, Injectable, REQUEST } from '@angular/core';
import { catchError, defer, map, of, switchMap, take, timeout, type Observable } from 'rxjs';
import { TOKEN_VERIFIER, type TokenVerifier } from '../cognito/token-verifier';
import { ConfigHolder } from '../config/config-holder';
import { SERVER_RESTORE_WAIT_MS } from '../config/numbers';
import type { ResolvedConfig } from '../config/resolved-config';
import { readTokenSet } from '../core/token-set';
import { SessionError } from '../errors/session-error';
import { FailureReport, toSessionError } from '../lifecycle/failure-report';
import { noteFailure } from '../lifecycle/note-failure';
import { SessionFactory } from '../lifecycle/session-factory';
import { IS_BROWSER } from '../platform/is-browser';
import { SESSION_SCHEDULER } from '../platform/session-scheduler';
import { applyChange } from '../state/apply-change';
import { SessionStore } from '../state/session-store';
import type { RecordReading } from '../storage/session-record';
import { SessionValues } from '../storage/session-values';
import { SESSION_STORAGE } from '../storage/session-storage-token';
import type { StorageAdapter } from '../storage/storage-adapter';
import type { StoredSession } from '../storage/stored-session';

/** What only the adapter for cookies can. */
interface RequestCookies extends StorageAdapter {
  ɵofRequest?(header: string): StorageAdapter;
}

/**
 * On a server: the session of the request's cookies, if the app verifies tokens. Nothing is renewed or written, and what
 * cannot be decided there stays `restoring` for the browser to find out.
 */
@Injectable()
export class ServerRestore {
  private readonly isBrowser = inject(IS_BROWSER);
  private readonly request = inject(REQUEST, { optional: true });
  private readonly verifier = inject(TOKEN_VERIFIER, { optional: true });
  private readonly adapter: RequestCookies = inject(SESSION_STORAGE);
  private readonly config$ = inject(ConfigHolder).config$;
  private readonly factory = inject(SessionFactory);
  private readonly store = inject(SessionStore);
  private readonly report = inject(FailureReport);
  private readonly scheduler = inject(SESSION_SCHEDULER);

  /** Cold; emits once and completes, never errors. */
  run(): Observable<void> {
    return defer(() => {
      const { verifier, request } = this;
      // While a page is rendered at build time there is nobody's request.
      if (this.isBrowser || verifier === null || request === null) return of(undefined);
      const storage = this.adapter.ɵofRequest?.(request.headers.get('cookie') ?? '');
      if (storage === undefined) return of(undefined);
      return this.config$.pipe(
        switchMap((config) => this.follow(new SessionValues(storage, config.namespace), verifier, config)),
        // Keys that never arrive must not keep the page.
        timeout({ first: SERVER_RESTORE_WAIT_MS, scheduler: this.scheduler }),
      );
    }).pipe(
      take(1),
      catchError((error: unknown) => {
        noteFailure(this.report, 'The session of the request could not be verified.', error);
        return of(undefined);
      }),
    );
  }

  private follow(values: SessionValues, verifier: TokenVerifier, config: ResolvedConfig): Observable<void> {
    return values.readAll().pipe(
      switchMap((found) => {
        const [first, ...others] = found.map(({ reading }) => reading);
        // A sign-in was cut off: which one counts is written where no server can look.
        if (others.length > 0) return of(undefined);
        return this.adopt(first ?? { type: 'none' }, verifier, config);
      }),
    );
  }

  private adopt(reading: RecordReading, verifier: TokenVerifier, config: ResolvedConfig): Observable<void> {
    switch (reading.type) {
      case 'none':
        applyChange(this.store, { type: 'notRestored', reason: 'noSession' });
        return of(undefined);
      case 'session':
        return this.verify(reading.session, verifier, config);
      default:
        this.refuse(new SessionError('storageError', 'The session of the request cannot be read.'));
        return of(undefined);
    }
  }

  private verify(stored: StoredSession, verifier: TokenVerifier, config: ResolvedConfig): Observable<void> {
    const { accessToken, idToken } = stored.tokens;
    return verifier.verify({ accessToken, ...(idToken !== undefined && { idToken }) }, config).pipe(
      map(() => {
        this.believe(stored, config);
      }),
      catchError((error: unknown) => {
        const reason = toSessionError(error);
        if (reason.code !== 'invalidToken') throw reason;
        this.refuse(reason);
        return of(undefined);
      }),
    );
  }

  /** Without its refresh token: a server renews nothing. By the server's clock, which is not the device's. */
  private believe({ sid, gen, tokens }: StoredSession, config: ResolvedConfig): void {
    const { refreshToken: _unused, ...rest } = tokens;
    const active = this.factory.create(
      { sid, gen, tokens: readTokenSet(rest, config), driftMs: 0, isFresh: false },
      config,
    );
    // Expired: whether it can be renewed is for the browser to find out.
    if (this.factory.isLive(active)) applyChange(this.store, { type: 'restored', active, live: true });
  }

  private refuse(error: SessionError): void {
    this.report.log(error);
    applyChange(this.store, { type: 'notRestored', reason: 'storageUnreadable', error });
  }
}
