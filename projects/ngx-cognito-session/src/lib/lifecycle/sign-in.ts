import { inject, Injectable } from '@angular/core';
import { catchError, defer, finalize, map, of, switchMap, throwError, type Observable } from 'rxjs';
import { ConfigHolder } from '../config/config-holder';
import type { ResolvedConfig } from '../config/resolved-config';
import type { ActiveSession } from '../core/active-session';
import { HANDED_OVER } from '../core/ledger-steps';
import { driftByIssuedAt, type ClockReading } from '../core/session-time';
import { normalizeTokenInput, type NormalizedInput, type TokenInput } from '../core/token-input';
import { readTokenSet } from '../core/token-set';
import { SessionError } from '../errors/session-error';
import { RANDOM_SOURCE } from '../platform/random';
import { applyChange } from '../state/apply-change';
import { SessionStore } from '../state/session-store';
import { OwedSignOut } from '../storage/owed-sign-out';
import type { StoredSession } from '../storage/stored-session';
import { Adoption } from './adoption';
import { CommitRetry } from './commit-retry';
import { CommandEpoch } from './command-epoch';
import { DeadSessions } from './dead-sessions';
import { Elsewhere } from './elsewhere';
import { FailureReport } from './failure-report';
import { noteFailure } from './note-failure';
import { continuationOf } from './continuation';
import { RECORD } from './record';
import { RefreshCall } from './refresh-call';
import { Renewal } from './renewal';
import { Revocation } from './revocation';
import { SessionFactory, toStored, type SessionParts } from './session-factory';
import { TabHints } from './tab-hints';

interface TokenParts extends Omit<SessionParts, 'sid' | 'gen'> {
  /** The refresh token is not the one that was handed over: nobody else knows it. */
  readonly isRotated?: boolean;
}

/** What has been asked for since this sign-in was. */
interface Command {
  /** No other command has started. */
  readonly isLatest: () => boolean;
  /** Nobody has signed out. */
  readonly isWanted: () => boolean;
}

/** Nobody wants it any more: its tokens are revoked. */
const OVERTAKEN: Command = { isLatest: () => false, isWanted: () => false };

/** When the app handed the tokens over. */
export interface SignInMoment {
  readonly received: ClockReading;
  /** Somebody has signed out since. */
  readonly isOver?: boolean;
}

/** Use case: the app hands over tokens. */
@Injectable()
export class SignIn {
  private readonly config$ = inject(ConfigHolder).config$;
  private readonly store = inject(SessionStore);
  private readonly record = inject(RECORD);
  private readonly refreshCall = inject(RefreshCall);
  private readonly renewal = inject(Renewal);
  private readonly retry = inject(CommitRetry);
  private readonly revocation = inject(Revocation);
  private readonly adoption = inject(Adoption);
  private readonly elsewhere = inject(Elsewhere);
  private readonly factory = inject(SessionFactory);
  private readonly epoch = inject(CommandEpoch);
  private readonly report = inject(FailureReport);
  private readonly hints = inject(TabHints);
  private readonly random = inject(RANDOM_SOURCE);
  private readonly owed = inject(OwedSignOut);
  private readonly dead = inject(DeadSessions);

  /** Cold; one value. Until it has succeeded the current session is untouched. */
  run(
    input: TokenInput,
    justIssued: boolean | undefined,
    { received, isOver = false }: SignInMoment,
  ): Observable<ActiveSession> {
    return defer(() => {
      // What is no token at all overtakes nothing.
      const normalized = normalizeTokenInput(input, justIssued);
      const command = isOver ? OVERTAKEN : this.begin();
      return this.config$.pipe(
        switchMap((config) => this.known(config).pipe(map((known) => ({ config, known })))),
        switchMap(({ config, known }) =>
          this.obtain(normalized, received, config, known).pipe(
            switchMap((parts) => this.adopt(parts, config, command, known)),
          ),
        ),
        finalize(() => {
          if (!isOver) this.epoch.end();
        }),
      );
    });
  }

  private begin(): Command {
    return { isLatest: this.epoch.begin('signIn'), isWanted: this.epoch.watchSignOuts() };
  }

  /** The session that the tokens may continue: the one held or, while it is being restored, the stored one. */
  private known(config: ResolvedConfig): Observable<ActiveSession | null> {
    const { active, state } = this.store;
    if (active !== null || state.status !== 'restoring') return of(active);
    // Whoever was signed out in a page that was left is continued by nothing.
    if (this.owed.read() !== null) return of(null);
    return this.record.current().pipe(
      map((reading) =>
        reading.type === 'session' ? this.factory.fromStored(reading.session, config) : null,
      ),
      // What cannot be read, or is not ours, is continued by nothing.
      catchError(() => of(null)),
    );
  }

  /** As the restore would have done, had it been first. */
  private hold(known: ActiveSession): void {
    if (this.store.active === null)
      applyChange(this.store, { type: 'restored', active: known, live: this.factory.isLive(known) });
  }

  /** Checked tokens that can be handed out now; expired or missing ones are renewed first. */
  private obtain(
    input: NormalizedInput,
    received: ClockReading,
    config: ResolvedConfig,
    known: ActiveSession | null,
  ): Observable<TokenParts> {
    if (input.kind === 'refreshTokenOnly') return this.renewFirst(input, config, known);
    const tokens = readTokenSet(input.raw, config);
    const driftMs = input.justIssued
      ? driftByIssuedAt(tokens.accessClaims.iat, received, received)
      : input.clockDrift * 1000;
    const parts: TokenParts = { tokens, driftMs, isFresh: input.justIssued };
    if (this.factory.isLive(this.factory.create({ ...parts, sid: '', gen: 0 }, config))) return of(parts);
    if (tokens.refreshToken === undefined)
      return throwError(() => new SessionError('tokensExpired', 'The tokens have expired.'));
    return this.renewFirst({ ...tokens, refreshToken: tokens.refreshToken }, config, known);
  }

  private renewFirst(
    { refreshToken, deviceKey }: { refreshToken: string; deviceKey?: string | undefined },
    config: ResolvedConfig,
    known: ActiveSession | null,
  ): Observable<TokenParts> {
    // What the session held would send itself must not be sent beside it.
    if (known?.tokens.refreshToken === refreshToken) this.hold(known);
    if (this.store.active?.tokens.refreshToken === refreshToken)
      return this.renewal
        .renew()
        .pipe(map(({ tokens, anchor }) => ({ tokens, driftMs: anchor.driftMs, isFresh: true })));
    return this.refreshCall.call({ refreshToken, deviceKey, clientMetadata: undefined }, config).pipe(
      map(({ raw: answer, asked, received }) => {
        const raw = { ...answer, refreshToken: answer.refreshToken ?? refreshToken, deviceKey };
        const tokens = readTokenSet(raw, config);
        const driftMs = driftByIssuedAt(tokens.accessClaims.iat, asked, received);
        return { tokens, driftMs, isFresh: true, isRotated: answer.refreshToken !== undefined };
      }),
    );
  }

  private adopt(
    parts: TokenParts,
    config: ResolvedConfig,
    command: Command,
    known: ActiveSession | null,
  ): Observable<ActiveSession> {
    if (!command.isLatest()) return this.superseded(parts, command);
    const active = this.store.active ?? known;
    const continued = continuationOf(active, parts.tokens);
    if (active !== null && continued.type !== 'new') this.hold(active);
    if (continued.type === 'older') return of(continued.active);
    if (active !== null && continued.type === 'same')
      return this.continue(active, { ...parts, ...continued }, config, command);
    const next = this.factory.create({ ...parts, sid: this.random.id(), gen: 1 }, config);
    const isWanted = () => command.isLatest() || this.store.active?.sid === next.sid;
    return this.record
      .begin(toStored(next), {
        isWanted,
        replaces: active?.sid ?? null,
        at: next.tokens.accessClaims.iat * 1000,
      })
      .pipe(
        switchMap((outcome) => {
          if (!command.isLatest() || outcome.type !== 'committed')
            return this.undo(next).pipe(switchMap(() => this.superseded(parts, command)));
          // Its renewal may have been committed while this was being stored.
          const replaced = this.store.active;
          if (outcome.isShown) this.hints.post({ type: 'signedIn', sid: next.sid });
          applyChange(this.store, { type: 'signedIn', active: next });
          // Whoever was to be signed out is replaced.
          this.epoch.isClearing = false;
          this.owed.settle();
          if (outcome.unsaved !== null) this.goOnUnsaved(next, outcome.unsaved, config);
          return this.keepOnly(next.sid).pipe(
            map((removed) => {
              this.revokeReplaced(next, replaced, removed);
              return next;
            }),
          );
        }),
      );
  }

  /** Newer tokens of the session held are committed like a renewal: nobody's later generation is overwritten. */
  private continue(
    held: ActiveSession,
    parts: SessionParts,
    config: ResolvedConfig,
    command: Command,
  ): Observable<ActiveSession> {
    const next = this.factory.create(parts, config);
    return this.record.commit(toStored(next)).pipe(
      switchMap((outcome): Observable<ActiveSession> => {
        switch (outcome.type) {
          case 'committed':
            if (this.store.active?.sid !== next.sid)
              return this.undo(next).pipe(switchMap(() => this.superseded(parts, command)));
            if (outcome.isShown) this.hints.post({ type: 'renewed', sid: next.sid, gen: next.gen });
            applyChange(this.store, { type: 'signedIn', active: next });
            if (outcome.unsaved !== null) this.goOnUnsaved(next, outcome.unsaved, config);
            return of(next);
          case 'superseded':
            return this.adoption.adopt(held, outcome.by, config);
          case 'gone':
            return this.elsewhere.follow(held, config);
        }
      }),
    );
  }

  private goOnUnsaved(next: ActiveSession, unsaved: SessionError, config: ResolvedConfig): void {
    this.report.tell(unsaved);
    this.retry.start(next, HANDED_OVER, config);
  }

  /** What this tab held and what lay in the storage, another tab's session included: nobody will use it again. */
  private revokeReplaced(
    next: ActiveSession,
    replaced: ActiveSession | null,
    removed: readonly StoredSession[],
  ): void {
    const held = replaced === null || replaced.sid === next.sid ? [] : [toStored(replaced)];
    const byRefreshToken = new Map([...removed, ...held].map(({ tokens }) => [tokens.refreshToken, tokens]));
    byRefreshToken.delete(next.tokens.refreshToken);
    for (const tokens of byRefreshToken.values()) this.revocation.revokeStored(tokens);
  }

  private keepOnly(sid: string): Observable<readonly StoredSession[]> {
    return this.record.keepOnly(sid).pipe(
      catchError((error: unknown) => {
        noteFailure(this.report, 'Older sessions could not be removed from the storage.', error);
        return of([]);
      }),
    );
  }

  /** What this page holds is what is stored again: nobody has signed it out. */
  private undo(next: ActiveSession): Observable<unknown> {
    // A storage that is slow may show it until it is removed.
    this.dead.add(next.sid);
    return this.record.read(next.sid).pipe(
      switchMap((reading) => {
        const { active } = this.store;
        const isReplaced = reading.type === 'session' && active !== null && active.sid !== next.sid;
        return isReplaced ? this.record.begin(toStored(active)) : of(null);
      }),
      switchMap(() => this.record.remove(next.sid)),
      catchError(() => of(undefined)),
    );
  }

  private superseded({ tokens, isRotated = false }: TokenParts, command: Command): Observable<never> {
    const { active } = this.store;
    // The user left while the tokens were being stored: nobody holds them any more.
    if (!command.isWanted()) this.revocation.revoke(tokens);
    else if (isRotated) this.revocation.revokeUnused(tokens, active === null ? [] : [active.tokens]);
    return throwError(() => new SessionError('superseded', 'Another command came in between.'));
  }
}
