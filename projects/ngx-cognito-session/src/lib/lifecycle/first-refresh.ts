import { inject } from '@angular/core';
import { catchError, filter, finalize, identity, map, of, switchMap, type Observable } from 'rxjs';
import { RESOLVED_CONFIG } from '../config/resolved-config';
import { liveRecord, type RecordReading, type StoredSession } from '../core/session-record';
import { driftByIssuedAt } from '../core/session-time';
import { readTokenSet } from '../core/token-set';
import { shareRun } from '../platform/share-run';
import { SessionStore } from '../state/session-store';
import { StoredRecord } from '../storage/stored-record';
import { EndedSessions } from './ended-sessions';
import { RefreshCall } from './refresh-call';
import { SessionFactory, type SessionParts } from './session-factory';
import { SessionRefresh } from './session-refresh';
import { SessionSync } from './session-sync';

/** Tokens that can be handed out now, and what is known of the time at which Cognito issued them. */
export type IssuedTokens = Omit<SessionParts, 'sid' | 'gen' | 'since'>;

interface Run {
  readonly issued$: Observable<IssuedTokens>;
  /** Of all callers that share it: whether the tokens are still wanted. */
  readonly wishes: (() => boolean)[];
}

/** The refresh before a sign-in, for an app that hands over expired tokens or a bare refresh token. */
export class FirstRefresh {
  readonly #config = inject(RESOLVED_CONFIG);
  readonly #store = inject(SessionStore);
  readonly #record = inject(StoredRecord);
  readonly #refresh = inject(SessionRefresh);
  readonly #sync = inject(SessionSync);
  readonly #call = inject(RefreshCall);
  readonly #factory = inject(SessionFactory);
  readonly #ended = inject(EndedSessions);
  /** By the refresh token that was handed over. */
  readonly #running = new Map<string, Run>();

  /**
   * One value; none if the tokens are not wanted any more before anything was sent. A run in flight is shared. A refresh token
   * is sent once at a time, also if it is handed over twice, or is that of the session held or stored. Errors as the refresh
   * does.
   */
  run(
    refreshToken: string,
    deviceKey: string | undefined,
    isWanted: () => boolean,
  ): Observable<IssuedTokens> {
    if (this.#store.active?.tokens.refreshToken === refreshToken) return this.#refreshHeld();
    const running = this.#running.get(refreshToken);
    if (running !== undefined) {
      running.wishes.push(isWanted);
      return running.issued$;
    }
    const wishes = [isWanted];
    const issued$ = this.#record.read().pipe(
      catchError(() => of<RecordReading>('none')),
      switchMap((reading) => {
        const isStored = liveRecord(reading)?.tokens.refreshToken === refreshToken;
        return (isStored ? this.#sync.verified : identity)(of(reading));
      }),
      filter(() => wishes.some((isStillWanted) => isStillWanted())),
      switchMap((reading) => {
        const stored = liveRecord(this.#ended.honour(reading));
        return stored?.tokens.refreshToken === refreshToken && this.#take(stored)
          ? this.#refreshHeld()
          : this.#sendFirst(refreshToken, deviceKey);
      }),
      finalize(() => this.#running.delete(refreshToken)),
      shareRun(),
    );
    this.#running.set(refreshToken, { issued$, wishes });
    return issued$;
  }

  /** The token of a stored session is sent as its refresh, which tabs take in turns. Returns whether it is held now. */
  #take(stored: StoredSession): boolean {
    try {
      if (this.#store.active === null)
        this.#store.apply({ type: 'adopted', active: this.#factory.fromStored(stored), origin: 'otherTab' });
    } catch {
      // The stored tokens are of another pool, or damaged.
    }
    return this.#store.active?.sid === stored.sid;
  }

  #refreshHeld(): Observable<IssuedTokens> {
    return this.#refresh
      .run()
      .pipe(map(({ tokens, anchor }) => ({ tokens, driftMs: anchor.driftMs, isFresh: true })));
  }

  #sendFirst(refreshToken: string, deviceKey: string | undefined): Observable<IssuedTokens> {
    return this.#call.send({ refreshToken, deviceKey }).pipe(
      map(({ raw, asked, received }) => {
        const whole = { ...raw, refreshToken: raw.refreshToken ?? refreshToken, deviceKey };
        const tokens = readTokenSet(whole, this.#config);
        const driftMs = driftByIssuedAt(tokens.accessClaims.iat, asked, received);
        return { tokens, driftMs, isFresh: true };
      }),
    );
  }
}
