import { DOCUMENT, inject, runInInjectionContext } from '@angular/core';
import {
  catchError,
  concatMap,
  defaultIfEmpty,
  defer,
  EMPTY,
  finalize,
  from,
  map,
  of,
  switchMap,
  take,
  tap,
  type Observable,
} from 'rxjs';
import { RESOLVED_CONFIG } from '../config/resolved-config';
import { importStep } from '../core/import-step';
import { liveRecord, type RecordReading } from '../core/session-record';
import { signInOf } from '../core/sign-in-of';
import { normalizeTokenInput, type NormalizedInput, type TokenInput } from '../core/token-input';
import { readTokenSet, type TokenSet } from '../core/token-set';
import { SessionError } from '../errors/session-error';
import { IS_BROWSER } from '../platform/is-browser';
import { RANDOM_SOURCE } from '../platform/random';
import { SESSION_CLOCK } from '../platform/session-clock';
import { SessionStore } from '../state/session-store';
import { StoredRecord } from '../storage/stored-record';
import { tabTurns } from '../storage/tab-turns';
import { FailureReport, toSessionError } from './failure-report';
import { FirstRefresh, type IssuedTokens } from './first-refresh';
import { FIRST_TOKENS, type FoundTokens, type SessionImport } from './first-tokens';
import { Hints } from './hints';
import { SESSION_INJECTOR } from './refresher';
import { Revocation } from './revocation';
import { SessionFactory, toStored } from './session-factory';
import { SessionSync } from './session-sync';

/** A refresh token without an access token does not tell whose it is. */
type RefreshTokenAlone = Extract<NormalizedInput, { kind: 'refreshTokenOnly' }>;

/** A found session. Its access token, if it has one, is of this app client and user pool. */
interface Candidate {
  readonly tokens: TokenSet | RefreshTokenAlone;
  readonly forget: () => void;
}

/**
 * Use case: the page starts, and another library, or the app, has stored a session. It enters the record if the record has never
 * been written. The restore then finds it there, so expired tokens are refreshed as those of any stored session.
 */
export class ImportSession implements SessionImport {
  readonly #injector = inject(SESSION_INJECTOR);
  readonly #sources = inject(IS_BROWSER) ? this.#injector.get(FIRST_TOKENS, [], { self: true }) : [];
  readonly #config = inject(RESOLVED_CONFIG);
  readonly #store = inject(SessionStore);
  readonly #record = inject(StoredRecord);
  readonly #sync = inject(SessionSync);
  readonly #first = inject(FirstRefresh);
  readonly #revocation = inject(Revocation);
  readonly #factory = inject(SessionFactory);
  readonly #hints = inject(Hints);
  readonly #report = inject(FailureReport);
  readonly #random = inject(RANDOM_SOURCE);
  readonly #clock = inject(SESSION_CLOCK);
  readonly #page = inject(DOCUMENT).defaultView;
  readonly #takeTurn = tabTurns(`${this.#config.namespace}/import`);
  readonly #takenKey = `cognito-session:${this.#config.namespace}/imported`;

  run(ended?: Parameters<SessionImport['run']>[0]): Observable<void> {
    return defer(() => {
      if (this.#ask().length === 0) return of(undefined);
      // Tabs that share no record would each take the same tokens. The first one removes them.
      return this.#takeTurn().pipe(
        switchMap(({ release }) =>
          from(this.#ask()).pipe(
            concatMap((found) =>
              found instanceof SessionError ? this.#skip(found) : this.#checked(found, ended !== undefined),
            ),
            take(1),
            switchMap((found) => (ended ? this.#drop(found, ended) : this.#import(found))),
            defaultIfEmpty(undefined),
            finalize(release),
          ),
        ),
      );
    }).pipe(
      catchError((error: unknown) => {
        // The old session stays where it is. The next page tries again.
        this.#report.tell(toSessionError(error));
        return of(undefined);
      }),
    );
  }

  #drop(found: Candidate, options: Parameters<SessionImport['run']>[0]): Observable<void> {
    const { tokens } = found;
    this.#forget(found, tokens);
    // Without an access token it is not known whether the pool has token revocation.
    const dropped = 'kind' in tokens ? { tokens: { ...tokens, accessToken: '' }, revoke: true } : { tokens };
    this.#revocation.drop({ ...dropped, ...options });
    return of(undefined);
  }

  /** What the sources have, in their order, or why they could not be asked. */
  #ask(): readonly (FoundTokens | SessionError)[] {
    return this.#sources.flatMap((source): readonly (FoundTokens | SessionError)[] => {
      try {
        return runInInjectionContext(this.#injector, () => source(this.#config.clientId));
      } catch (cause) {
        return [
          new SessionError('storageError', 'The session of another library could not be read.', { cause }),
        ];
      }
    });
  }

  #skip(error: SessionError): Observable<never> {
    this.#report.tell(error);
    return EMPTY;
  }

  /** Skips forged tokens, and those of another app client or user pool. Errors if they cannot be verified for now. Those that are dropped need no keys. */
  #checked({ tokens, forget }: FoundTokens, isDropped: boolean): Observable<Candidate> {
    return defer(() => {
      // Other libraries store the drift of the clock in other units, and with the other sign.
      const input = normalizeTokenInput({ ...tokens, clockDrift: 0 } as TokenInput);
      if (input.kind !== 'tokens') return of({ tokens: input, forget });
      const found = { tokens: readTokenSet(input.raw, this.#config), forget };
      const { verification } = this.#sync;
      return isDropped || !verification ? of(found) : verification.check(found.tokens, found);
    }).pipe(
      catchError((cause: unknown) => {
        if (cause instanceof SessionError && cause.code !== 'invalidToken') throw cause;
        return this.#skip(
          new SessionError('invalidToken', 'The session of another library cannot be used.', { cause }),
        );
      }),
    );
  }

  #import(found: Candidate): Observable<void> {
    return this.#record.read({ isPatient: true }).pipe(
      // The restore reads again, and reports it.
      catchError(() => of<RecordReading>('corrupt')),
      switchMap((reading) => (reading === 'none' && this.#isWanted(found) ? this.#put(found) : of(reading))),
      map((reading) => {
        const stored = this.#storedIn(reading, found.tokens);
        if (stored !== null) this.#forget(found, stored);
      }),
    );
  }

  /** Emits what the record says: this page, or another one, has put the session there. */
  #put(found: Candidate): Observable<RecordReading> {
    return this.#obtain(found).pipe(
      switchMap((parts) => {
        const { endedUntil } = this.#record;
        // It began before this page. A sign-out of an earlier page that did not know the session ends it.
        const since = (endedUntil > 0 ? endedUntil : this.#clock.now()) - 1;
        const session = toStored(this.#factory.create({ ...parts, sid: this.#random.id(), gen: 1, since }));
        const step = (reading: RecordReading) => importStep(reading, session, this.#isWanted(found));
        return this.#record.update(step).pipe(
          tap((reading) => {
            this.#hints.post({ type: 'changed' });
            // Of a refresh before: the record has another session, or the user has signed out.
            if (parts.isFresh && this.#storedIn(reading, parts.tokens) === null)
              this.#revocation.drop({ tokens: parts.tokens });
          }),
          catchError((error: unknown) => {
            if (!parts.isFresh) throw error;
            // The refresh has used up the token that the other library has stored.
            this.#report.tell(toSessionError(error));
            this.#record.keepUnsaved(session, step).subscribe(() => this.#forget(found, parts.tokens));
            return of<RecordReading>('none');
          }),
        );
      }),
    );
  }

  #obtain(found: Candidate): Observable<IssuedTokens> {
    const { tokens } = found;
    return 'kind' in tokens
      ? this.#first.run(tokens.refreshToken, tokens.deviceKey, () => this.#isWanted(found))
      : of({ tokens, driftMs: 0, isFresh: false });
  }

  /** The tokens of the record, if they are of the same sign-in. */
  #storedIn(reading: RecordReading, tokens: Candidate['tokens']): TokenSet | null {
    const record = liveRecord(reading);
    if (record === null) return null;
    try {
      const stored = readTokenSet(record.tokens, this.#config);
      const isSame =
        'kind' in tokens
          ? stored.refreshToken === tokens.refreshToken
          : signInOf(stored) === signInOf(tokens);
      return isSame ? stored : null;
    } catch {
      // The stored tokens are of another pool, or damaged.
      return null;
    }
  }

  /** A command of this page may have decided. A look may also have found that there is no session yet. */
  #isWanted({ tokens }: Candidate): boolean {
    const { state, active } = this.#store;
    const isUndecided = active === null && (state.status !== 'signedOut' || state.reason === 'noSession');
    try {
      // A record that ends with its page does not remember which sign-ins it has had.
      const taken = this.#page?.localStorage.getItem(this.#takenKey);
      return isUndecided && ('kind' in tokens || taken !== signInOf(tokens));
    } catch {
      return isUndecided;
    }
  }

  #forget({ forget }: Candidate, tokens: Candidate['tokens']): void {
    try {
      forget();
    } catch (cause) {
      this.#report.tell(new SessionError('storageError', 'The old session could not be removed.', { cause }));
    }
    try {
      if (!('kind' in tokens)) this.#page?.localStorage.setItem(this.#takenKey, signInOf(tokens));
    } catch {
      // The browser refuses the storage.
    }
  }
}
