import { inject } from '@angular/core';
import {
  catchError,
  defer,
  finalize,
  map,
  of,
  switchMap,
  tap,
  throwError,
  throwIfEmpty,
  type Observable,
} from 'rxjs';
import { RESOLVED_CONFIG } from '../config/resolved-config';
import type { ActiveSession } from '../core/active-session';
import { readJwt } from '../core/jwt-parts';
import { unreadable } from '../core/reconcile';
import { endStep } from '../core/end-step';
import { signInStep, type NewSession, type StoredClaims } from '../core/sign-in-step';
import { keep, type RecordStep, type Step } from '../core/record-step';
import {
  liveRecord,
  recordOf,
  type RecordReading,
  type StoredSession,
  type Tombstone,
} from '../core/session-record';
import type { EventOrigin } from '../core/session-event';
import { driftByIssuedAt, type ClockReading } from '../core/session-time';
import { normalizeTokenInput, type NormalizedInput, type TokenInput } from '../core/token-input';
import { readTokenSet, type AuthTokens, type TokenSet } from '../core/token-set';
import { SessionError } from '../errors/session-error';
import { RANDOM_SOURCE } from '../platform/random';
import { SESSION_CLOCK } from '../platform/session-clock';
import { SessionStore } from '../state/session-store';
import { StoredRecord } from '../storage/stored-record';
import { CommandOrder, type Command } from './command-order';
import { FailureReport, toSessionError } from './failure-report';
import { EndedSessions } from './ended-sessions';
import { FirstRefresh, type IssuedTokens } from './first-refresh';
import { Hints } from './hints';
import { SessionFactory, toStored } from './session-factory';
import { SessionSync } from './session-sync';
import { handedOver, UnusedTokens } from './unused-tokens';

export interface SignInOptions {
  /** Whether `iat` of the tokens shows the server's time. */
  readonly justIssued?: boolean;
  /** No other program has the tokens: they are revoked whatever keeps them from being adopted. */
  readonly isOwn?: boolean;
  /** Why the tokens are not adopted, whatever they are: the answer that they came with failed a check. */
  readonly refusal?: SessionError | undefined;
}

/** A tombstone: the session that the tokens would continue has ended. */
type Outcome = ReturnType<typeof signInStep>['result'] | Tombstone;

/** Use case: the app hands over tokens. */
export class SignIn {
  readonly #config = inject(RESOLVED_CONFIG);
  readonly #store = inject(SessionStore);
  readonly #record = inject(StoredRecord);
  readonly #first = inject(FirstRefresh);
  readonly #factory = inject(SessionFactory);
  readonly #sync = inject(SessionSync);
  readonly #order = inject(CommandOrder);
  readonly #ended = inject(EndedSessions);
  readonly #hints = inject(Hints);
  readonly #report = inject(FailureReport);
  readonly #random = inject(RANDOM_SOURCE);
  readonly #clock = inject(SESSION_CLOCK);
  readonly #unused = new UnusedTokens();

  /** Cold; one value. Until it has succeeded the current session is untouched. Malformed input overtakes no other command. */
  run(
    input: TokenInput,
    { justIssued, isOwn = false, refusal }: SignInOptions,
    received: ClockReading,
    isOver: boolean,
  ): Observable<ActiveSession> {
    return defer(() => {
      const normalized = normalizeTokenInput(input, justIssued);
      try {
        if (refusal !== undefined) throw refusal;
        if (normalized.kind === 'tokens') readTokenSet(normalized.raw, this.#config);
      } catch (error) {
        if (isOwn) this.#unused.add(...handedOver(normalized));
        this.#unused.revoke();
        throw error;
      }
      const command = isOver ? { isLatest: () => false } : this.#order.begin();
      // Later than what it replaces, also if the clock was set back in between.
      const since = Math.max(this.#clock.now(), this.#factory.latestSince + 1, this.#record.endedUntil + 1);
      const sid = this.#random.id();
      const leave = this.#order.enter(sid);
      return this.#obtain(normalized, received, command).pipe(
        throwIfEmpty(superseded),
        tap({
          error: () => {
            const tokens = handedOver(normalized);
            if (isOwn || !command.isLatest()) this.#unused.add(...tokens);
            else this.#unused.leaveToApp(tokens);
          },
        }),
        switchMap((parts) => this.#adopt({ ...parts, sid, since }, command)),
        finalize(() => {
          leave();
          this.#unused.revoke();
        }),
      );
    });
  }

  #adopt(
    parts: IssuedTokens & { readonly sid: string; readonly since: number },
    { isLatest }: Command,
  ): Observable<ActiveSession> {
    const fresh = this.#factory.create({ ...parts, gen: 1 });
    const { sub: user, iat: issuedAt, origin_jti: origin } = parts.tokens.accessClaims;
    const begun: NewSession = { ...toStored(fresh), user, issuedAt, origin };
    const { active } = this.#store;
    const continued = active !== null && isContinuation(parts.tokens, active.tokens) ? active.sid : null;
    const step = (reading: RecordReading): Step<Outcome> =>
      isEndOf(continued, reading) ? keep(reading) : signInStep(reading, begun, claimsOf, isLatest());
    return (this.#sync.verification?.take(step, parts.tokens) ?? this.#record.update(step)).pipe(
      catchError((error: unknown) => {
        const failure = toSessionError(error);
        if (!isLatest() || failure.code !== 'storageError') throw failure;
        return of(failure);
      }),
      switchMap((outcome) => {
        if (outcome instanceof SessionError) return of(this.#keep(fresh, outcome, step));
        return isLatest() ? of(this.#publish(outcome, fresh)) : this.#undo(fresh);
      }),
      tap({ error: () => this.#unused.add({ tokens: parts.tokens }) }),
    );
  }

  /** A later command came while the step was taken: what it stored ends again, unless a later sign-in replaced it. */
  #undo({ sid }: ActiveSession): Observable<never> {
    // The end is certain from now on, also if it cannot be stored yet.
    this.#record.leaveMarker({ sid, at: this.#clock.now() });
    return this.#record
      .update((reading) => endStep(reading, { sid }, this.#clock.now()))
      .pipe(
        catchError(() => {
          this.#record.mirror();
          return of(null);
        }),
        map(() => {
          throw superseded();
        }),
      );
  }

  #publish(session: Outcome, fresh: ActiveSession): ActiveSession {
    if (session === 'future') throw unreadable(session);
    if (session === 'superseded') throw superseded();
    if (session.sid === null) {
      const { ended: sid, reason = 'signedOutElsewhere' } = session;
      this.#store.apply({ type: 'ended', sid, reason, origin: 'otherTab' });
      throw new SessionError(reason, 'Another tab has ended the session.');
    }
    // Older tokens than those stored, and those that continue a session, belong to the stored one.
    const isFresh = session.sid === fresh.sid;
    if (!isFresh && session.tokens.refreshToken !== fresh.tokens.refreshToken)
      this.#unused.add({ tokens: fresh.tokens });
    const { active } = this.#store;
    const isHeld = active?.sid === session.sid && active.gen >= session.gen;
    const next = isFresh ? fresh : isHeld ? active : this.#factory.fromStored(session);
    this.#hints.post({ type: 'changed' });
    this.#ended.forgetStored();
    this.#store.apply({
      type: active?.sid === next.sid ? 'renewed' : 'adopted',
      active: next,
      origin: isFresh ? 'thisTab' : this.#originOf(session, fresh),
    });
    return next;
  }

  /** A stored session that is continued before it was restored, or has newer tokens, is found rather than begun. */
  #originOf(session: StoredSession, fresh: ActiveSession): EventOrigin {
    const { state } = this.#store;
    const isFound =
      state.active === null
        ? state.status === 'restoring'
        : session.tokens.accessToken !== fresh.tokens.accessToken;
    return isFound ? 'otherTab' : 'thisTab';
  }

  /** The storage refuses the step: this tab takes it with the session it holds. A marker ends a session that is replaced. */
  #keep(fresh: ActiveSession, error: SessionError, step: RecordStep<Outcome>): ActiveSession {
    const { active } = this.#store;
    const next = this.#publish(step(active === null ? 'none' : recordOf(toStored(active))).result, fresh);
    if (active !== null && next.sid !== active.sid)
      this.#record.leaveMarker({ sid: active.sid, at: next.since - 1 });
    this.#report.tell(error);
    if (next !== active)
      this.#record
        .keepUnsaved(toStored(next), (reading) => (liveRecord(reading) === null ? step(reading) : keep(null)))
        .subscribe(() => this.#hints.post({ type: 'changed' }));
    return next;
  }

  /** Tokens that can be handed out now. Expired or missing ones are refreshed first. */
  #obtain(input: NormalizedInput, received: ClockReading, { isLatest }: Command): Observable<IssuedTokens> {
    if (input.kind === 'refreshTokenOnly')
      return this.#first.run(input.refreshToken, input.deviceKey, isLatest);
    const tokens = readTokenSet(input.raw, this.#config);
    const driftMs = input.justIssued
      ? driftByIssuedAt(tokens.accessClaims.iat, received, received)
      : input.clockDrift * 1000;
    const parts: IssuedTokens = { tokens, driftMs, isFresh: input.justIssued };
    if (this.#factory.isLive(this.#factory.create({ ...parts, sid: '', gen: 0, since: 0 })))
      return this.#sync.verification?.checkNew(tokens, parts) ?? of(parts);
    return tokens.refreshToken === undefined
      ? throwError(() => new SessionError('tokensExpired', 'The tokens have expired.'))
      : this.#first.run(tokens.refreshToken, tokens.deviceKey, isLatest);
  }
}

/** Whether tokens are of the same sign-in as those held. */
function isContinuation({ accessClaims, refreshToken }: TokenSet, held: TokenSet): boolean {
  return (
    accessClaims.sub === held.accessClaims.sub &&
    accessClaims.auth_time === held.accessClaims.auth_time &&
    (refreshToken === undefined || refreshToken === held.refreshToken)
  );
}

/** Newer tokens of the session held do not bring back what another tab has ended. */
function isEndOf(sid: string | null, reading: RecordReading): reading is Tombstone {
  return typeof reading === 'object' && reading.sid === null && reading.ended === sid;
}

function superseded(): SessionError {
  return new SessionError('superseded', 'A later command replaced this sign-in.');
}

function claimsOf({ accessToken }: AuthTokens): StoredClaims {
  try {
    const { sub, iat, origin_jti: origin } = readJwt(accessToken).payload;
    return { user: typeof sub === 'string' ? sub : undefined, issuedAt: Number(iat), origin };
  } catch {
    return { user: undefined, issuedAt: 0 };
  }
}
