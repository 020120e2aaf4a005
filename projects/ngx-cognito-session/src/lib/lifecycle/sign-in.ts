import { inject } from '@angular/core';
import { catchError, defer, finalize, map, of, switchMap, throwError, type Observable } from 'rxjs';
import { RESOLVED_CONFIG } from '../config/resolved-config';
import type { ActiveSession } from '../core/active-session';
import { readJwt } from '../core/jwt-parts';
import { endStep, signInStep, type Commit, type NewSession, type StoredClaims } from '../core/record-steps';
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
import { readTokenSet, type AuthTokens, type RawTokens, type TokenSet } from '../core/token-set';
import { SessionError } from '../errors/session-error';
import { RANDOM_SOURCE } from '../platform/random';
import { SESSION_CLOCK } from '../platform/session-clock';
import { SessionStore } from '../state/session-store';
import { StoredRecord } from '../storage/stored-record';
import { CommandOrder, type Command } from './command-order';
import { FailureReport, toSessionError } from './failure-report';
import { EndedSessions } from './ended-sessions';
import { Hints } from './hints';
import { RefreshCall } from './refresh-call';
import { Revocation } from './revocation';
import { SessionFactory, toStored, type SessionParts } from './session-factory';
import { SessionRefresh } from './session-refresh';
import { shareRun } from '../platform/share-run';
import { UnsavedTokens } from './unsaved-tokens';

type Parts = Omit<SessionParts, 'sid' | 'gen' | 'since'>;
/** A tombstone: the session that the tokens would continue has ended. */
type Outcome = ReturnType<typeof signInStep>['result'] | Tombstone;

/** Use case: the app hands over tokens. */
export class SignIn {
  private readonly config = inject(RESOLVED_CONFIG);
  private readonly store = inject(SessionStore);
  private readonly record = inject(StoredRecord);
  private readonly refresh = inject(SessionRefresh);
  private readonly call = inject(RefreshCall);
  private readonly unsaved = inject(UnsavedTokens);
  private readonly revocation = inject(Revocation);
  private readonly factory = inject(SessionFactory);
  private readonly order = inject(CommandOrder);
  private readonly ended = inject(EndedSessions);
  private readonly hints = inject(Hints);
  private readonly report = inject(FailureReport);
  private readonly random = inject(RANDOM_SOURCE);
  private readonly clock = inject(SESSION_CLOCK);
  /** First refreshes on their way, by the refresh token that was handed over. */
  private readonly first = new Map<string, Observable<Parts>>();
  /** Tokens that were handed over and not adopted. */
  private unused: RawTokens[] = [];

  /** Cold; one value. Until it has succeeded the current session is untouched. Invalid input overtakes no other command. */
  run(
    input: TokenInput,
    justIssued: boolean | undefined,
    received: ClockReading,
    isOver: boolean,
  ): Observable<ActiveSession> {
    return defer(() => {
      const normalized = normalizeTokenInput(input, justIssued);
      if (normalized.kind === 'tokens') readTokenSet(normalized.raw, this.config);
      const command = isOver ? { isLatest: () => false } : this.order.begin();
      // Later than what it replaces, also if the clock was set back in between.
      const since = Math.max(this.clock.now(), this.factory.latestSince + 1, this.record.endedUntil + 1);
      const leave = this.order.enter();
      return this.obtain(normalized, received).pipe(
        switchMap((parts) => this.adopt(parts, since, command)),
        finalize(() => {
          leave();
          this.revokeUnused();
        }),
      );
    });
  }

  private adopt(parts: Parts, since: number, { isLatest }: Command): Observable<ActiveSession> {
    const sid = this.random.id();
    const fresh = this.factory.create({ ...parts, sid, gen: 1, since });
    const { sub: user, iat: issuedAt, origin_jti: origin } = parts.tokens.accessClaims;
    const begun: NewSession = { ...toStored(fresh), user, issuedAt, origin };
    const { active } = this.store;
    const continued = active !== null && isContinuation(parts.tokens, active.tokens) ? active.sid : null;
    const step = (reading: RecordReading): Step<Outcome> =>
      isEndOf(continued, reading) ? keep(reading) : signInStep(reading, begun, claimsOf, isLatest());
    return this.record.update(step).pipe(
      switchMap((session) =>
        isLatest() ? of(this.publish(session, fresh)) : this.undo(fresh, parts, typeof session === 'object'),
      ),
      catchError((error: unknown) => {
        const failure = toSessionError(error);
        if (!isLatest() || failure.code !== 'storageError' || failure === NEWER_VERSION) {
          this.unused.push(parts.tokens);
          throw failure;
        }
        return of(this.keep(fresh, failure, step));
      }),
    );
  }

  /** A later command came while the step was taken: what it has stored ends again, unless a later sign-in replaced it. */
  private undo({ sid }: ActiveSession, { tokens }: Parts, isStored: boolean): Observable<never> {
    this.unused.push(tokens);
    const undone$ = isStored
      ? this.record
          .update((reading) => endStep(reading, { sid }, this.clock.now()))
          .pipe(catchError(() => of(null)))
      : of(null);
    return undone$.pipe(
      map(() => {
        throw superseded();
      }),
    );
  }

  private publish(session: Outcome, fresh: ActiveSession): ActiveSession {
    if (session === 'future') throw NEWER_VERSION;
    if (session === 'superseded') throw superseded();
    if (session.sid === null) {
      const { ended: sid, reason = 'signedOutElsewhere' } = session;
      this.store.apply({ type: 'ended', sid, reason, origin: 'otherTab' });
      throw new SessionError(reason, 'Another tab has ended the session.');
    }
    // Older tokens than those stored, and those that continue a session, belong to the stored one.
    const isFresh = session.sid === fresh.sid;
    if (!isFresh && session.tokens.refreshToken !== fresh.tokens.refreshToken) this.unused.push(fresh.tokens);
    const { active } = this.store;
    const isHeld = active?.sid === session.sid && active.gen >= session.gen;
    const next = isFresh ? fresh : isHeld ? active : this.continued(session, fresh);
    this.hints.post({ type: 'changed' });
    this.show(next, isFresh ? 'thisTab' : this.originOf(session, fresh));
    return next;
  }

  /** A stored session that is continued before it was restored, or has newer tokens, is found rather than begun. */
  private originOf(session: StoredSession, fresh: ActiveSession): EventOrigin {
    const { state } = this.store;
    const isFound =
      state.active === null
        ? state.status === 'restoring'
        : session.tokens.accessToken !== fresh.tokens.accessToken;
    return isFound ? 'otherTab' : 'thisTab';
  }

  /** The clock of the new tokens counts, as they are the newer ones. */
  private continued(session: StoredSession, fresh: ActiveSession): ActiveSession {
    const { sid, gen, since, tokens } = session;
    if (tokens.accessToken !== fresh.tokens.accessToken) return this.factory.fromStored(session);
    const { refreshToken, deviceKey } = tokens;
    const merged = { ...fresh.tokens, refreshToken, deviceKey };
    const { driftMs } = fresh.anchor;
    return this.factory.create({ sid, gen, since, tokens: merged, driftMs, isFresh: true });
  }

  private show(next: ActiveSession, origin: EventOrigin = 'thisTab'): void {
    this.ended.forgetStored();
    const type = this.store.active?.sid === next.sid ? 'renewed' : 'adopted';
    this.store.apply({ type, active: next, origin });
  }

  /** The storage refuses the step: this tab takes it with the session it holds. A marker ends a session that is replaced. */
  private keep(fresh: ActiveSession, error: SessionError, step: RecordStep<Outcome>): ActiveSession {
    const { active } = this.store;
    const next = this.publish(step(active === null ? 'none' : recordOf(toStored(active))).result, fresh);
    if (active !== null && next.sid !== active.sid)
      this.record.leaveMarker({ sid: active.sid, at: next.since });
    const again = (reading: RecordReading): Step<Commit> => {
      const { result, ...rest } = step(reading);
      const isStored = typeof result === 'object' && result.sid === next.sid;
      return { ...rest, result: isStored ? 'committed' : 'superseded' };
    };
    this.report.tell(error);
    if (next !== active) this.unsaved.keep(next, again);
    return next;
  }

  /** Tokens that can be handed out now. Expired or missing ones are refreshed first. */
  private obtain(input: NormalizedInput, received: ClockReading): Observable<Parts> {
    if (input.kind === 'refreshTokenOnly') return this.refreshFirst(input.refreshToken, input.deviceKey);
    const tokens = readTokenSet(input.raw, this.config);
    const driftMs = input.justIssued
      ? driftByIssuedAt(tokens.accessClaims.iat, received, received)
      : input.clockDrift * 1000;
    const parts: Parts = { tokens, driftMs, isFresh: input.justIssued };
    if (this.factory.isLive(this.factory.create({ ...parts, sid: '', gen: 0, since: 0 }))) return of(parts);
    return tokens.refreshToken === undefined
      ? throwError(() => new SessionError('tokensExpired', 'The tokens have expired.'))
      : this.refreshFirst(tokens.refreshToken, tokens.deviceKey);
  }

  /** A refresh token is sent once at a time, also if it is handed over twice, or is that of the session held. */
  private refreshFirst(refreshToken: string, deviceKey: string | undefined): Observable<Parts> {
    if (this.store.active?.tokens.refreshToken === refreshToken) return this.refreshHeld();
    const running$ = this.first.get(refreshToken);
    if (running$ !== undefined) return running$;
    const first$ = this.record.read().pipe(
      catchError(() => of<RecordReading>('none')),
      switchMap((reading) => {
        const stored = liveRecord(this.ended.honour(reading));
        return stored?.tokens.refreshToken === refreshToken && this.take(stored)
          ? this.refreshHeld()
          : this.sendFirst(refreshToken, deviceKey);
      }),
      finalize(() => this.first.delete(refreshToken)),
      shareRun(),
    );
    this.first.set(refreshToken, first$);
    return first$;
  }

  /** The token of a stored session is sent as its refresh, which tabs take in turns. Returns whether it is held now. */
  private take(stored: StoredSession): boolean {
    try {
      if (this.store.active === null)
        this.store.apply({ type: 'adopted', active: this.factory.fromStored(stored), origin: 'otherTab' });
    } catch {
      // The stored tokens are of another pool, or damaged.
    }
    return this.store.active?.sid === stored.sid;
  }

  private refreshHeld(): Observable<Parts> {
    return this.refresh
      .run()
      .pipe(map(({ tokens, anchor }) => ({ tokens, driftMs: anchor.driftMs, isFresh: true })));
  }

  private sendFirst(refreshToken: string, deviceKey: string | undefined): Observable<Parts> {
    return this.call.send({ refreshToken, deviceKey }).pipe(
      map(({ raw, asked, received }) => {
        const whole = { ...raw, refreshToken: raw.refreshToken ?? refreshToken, deviceKey };
        const tokens = readTokenSet(whole, this.config);
        const driftMs = driftByIssuedAt(tokens.accessClaims.iat, asked, received);
        return { tokens, driftMs, isFresh: true };
      }),
    );
  }

  /** Once no sign-in is on its way any more it is known which tokens are stored: the others are revoked. */
  private revokeUnused(): void {
    if (!this.order.isIdle || this.unused.length === 0) return;
    const unused = this.unused.splice(0);
    this.record
      .read()
      .pipe(
        map((reading) => liveRecord(reading)?.tokens),
        catchError(() => of(this.store.active?.tokens)),
      )
      .subscribe((kept) => {
        for (const tokens of unused) this.revocation.drop({ tokens, kept });
      });
  }
}

const NEWER_VERSION = new SessionError(
  'storageError',
  'The stored session was written by a newer version of the library. Reload the page.',
);

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
  return new SessionError('superseded', 'Another command has overtaken this sign-in.');
}

function claimsOf({ accessToken }: AuthTokens): StoredClaims {
  try {
    const { sub, iat, origin_jti: origin } = readJwt(accessToken).payload;
    return { user: typeof sub === 'string' ? sub : undefined, issuedAt: Number(iat), origin };
  } catch {
    return { user: undefined, issuedAt: 0 };
  }
}
