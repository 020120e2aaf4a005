import { inject, runInInjectionContext } from '@angular/core';
import { catchError, defer, finalize, map, of, switchMap, tap, type Observable } from 'rxjs';
import { RESOLVED_CONFIG } from '../config/resolved-config';
import { importStep } from '../core/import-step';
import { liveRecord, type RecordReading } from '../core/session-record';
import { signInOf } from '../core/sign-in-of';
import { normalizeTokenInput, type NormalizedInput, type TokenInput } from '../core/token-input';
import { readTokenSet, type TokenSet } from '../core/token-set';
import { SessionError } from '../errors/session-error';
import { RANDOM_SOURCE } from '../platform/random';
import { SESSION_CLOCK } from '../platform/session-clock';
import { SessionStore } from '../state/session-store';
import { StoredRecord } from '../storage/stored-record';
import { tabTurns } from '../storage/tab-turns';
import { FailureReport, toSessionError } from './failure-report';
import { FirstRefresh, type IssuedTokens } from './first-refresh';
import { FIRST_TOKENS, type FirstTokens, type FoundTokens, type SessionImport } from './first-tokens';
import { Hints } from './hints';
import { SESSION_INJECTOR } from './refresher';
import { Revocation } from './revocation';
import { SessionFactory, toStored } from './session-factory';

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
  readonly #sources = this.#injector.get(FIRST_TOKENS, [], { self: true });
  readonly #config = inject(RESOLVED_CONFIG);
  readonly #store = inject(SessionStore);
  readonly #record = inject(StoredRecord);
  readonly #first = inject(FirstRefresh);
  readonly #revocation = inject(Revocation);
  readonly #factory = inject(SessionFactory);
  readonly #hints = inject(Hints);
  readonly #report = inject(FailureReport);
  readonly #random = inject(RANDOM_SOURCE);
  readonly #clock = inject(SESSION_CLOCK);
  readonly #takeTurn = tabTurns(`${this.#config.namespace}/import`);

  run(): Observable<void> {
    return defer(() => {
      if (!this.#sources.some((source) => this.#isPromising(source))) return of(undefined);
      // Tabs that share no record would each take the same tokens. The first one removes them.
      return this.#takeTurn().pipe(
        switchMap(({ release }) => {
          const found = this.#find();
          return (found === null ? of(undefined) : this.#import(found)).pipe(finalize(release));
        }),
      );
    }).pipe(
      catchError((error: unknown) => {
        // The old session stays where it is. The next page tries again.
        this.#report.tell(toSessionError(error));
        return of(undefined);
      }),
    );
  }

  #isPromising(source: FirstTokens): boolean {
    try {
      return this.#ask(source) !== null;
    } catch {
      // Reported when it is this tab's turn.
      return true;
    }
  }

  /** The first session that can be used. The others are reported. */
  #find(): Candidate | null {
    for (const source of this.#sources)
      try {
        const found = this.#ask(source);
        if (found !== null) return this.#checked(found);
      } catch (error) {
        this.#report.tell(error as SessionError);
      }
    return null;
  }

  #ask(source: FirstTokens): FoundTokens | null {
    try {
      return runInInjectionContext(this.#injector, () => source(this.#config.clientId));
    } catch (cause) {
      throw new SessionError('storageError', 'The session of another library could not be read.', { cause });
    }
  }

  /** Throws `invalidToken` for tokens of another app client or user pool. */
  #checked({ tokens, forget }: FoundTokens): Candidate {
    try {
      // Other libraries store the drift of the clock in other units, and with the other sign.
      const input = normalizeTokenInput({ ...tokens, clockDrift: 0 } as TokenInput);
      return { tokens: input.kind === 'tokens' ? readTokenSet(input.raw, this.#config) : input, forget };
    } catch (cause) {
      throw new SessionError('invalidToken', 'The session of another library cannot be used.', { cause });
    }
  }

  #import(found: Candidate): Observable<void> {
    if (this.#isSignedOut) {
      this.#drop(found);
      return of(undefined);
    }
    return this.#record.read({ isPatient: true }).pipe(
      // The restore reads again, and reports it.
      catchError(() => of<RecordReading>('corrupt')),
      switchMap((reading) =>
        reading === 'none' ? this.#put(found.tokens) : of(this.#isIn(reading, found.tokens)),
      ),
      map((isStored) => {
        if (isStored) found.forget();
        else if (this.#isSignedOut) this.#drop(found);
      }),
    );
  }

  /** Emits whether the record has the session: this page, or another one, has put it there. */
  #put(tokens: Candidate['tokens']): Observable<boolean> {
    return this.#obtain(tokens).pipe(
      switchMap((parts) => {
        const { endedUntil } = this.#record;
        // It began before this page. A sign-out that did not know the session, here or in an earlier page, ends it.
        const since = (endedUntil > 0 ? endedUntil : this.#clock.now()) - 1;
        const session = toStored(this.#factory.create({ ...parts, sid: this.#random.id(), gen: 1, since }));
        const isWanted = () => this.#store.active === null && !this.#isSignedOut;
        return this.#record
          .update((reading) => importStep(reading, session, isWanted()))
          .pipe(
            tap(() => this.#hints.post({ type: 'changed' })),
            map((reading) => this.#isIn(reading, parts.tokens)),
          );
      }),
    );
  }

  #obtain(tokens: Candidate['tokens']): Observable<IssuedTokens> {
    return 'kind' in tokens
      ? this.#first.run(tokens.refreshToken, tokens.deviceKey)
      : of({ tokens, driftMs: 0, isFresh: false });
  }

  /** Whether the record holds tokens of the same sign-in. */
  #isIn(reading: RecordReading, tokens: Candidate['tokens']): boolean {
    const stored = liveRecord(reading)?.tokens;
    if (stored === undefined) return false;
    if (stored.refreshToken !== undefined && stored.refreshToken === tokens.refreshToken) return true;
    try {
      return !('kind' in tokens) && signInOf(readTokenSet(stored, this.#config)) === signInOf(tokens);
    } catch {
      // The stored tokens are of another pool, or damaged.
      return false;
    }
  }

  /** By a command. A look of this page may also have found that there is no session yet. */
  get #isSignedOut(): boolean {
    const { state } = this.#store;
    return state.status === 'signedOut' && state.reason !== 'noSession';
  }

  /** The user has signed out before the session was known. */
  #drop({ tokens, forget }: Candidate): void {
    forget();
    this.#revocation.drop(
      'kind' in tokens ? { tokens: { ...tokens, accessToken: '' }, revoke: true } : { tokens },
    );
  }
}
