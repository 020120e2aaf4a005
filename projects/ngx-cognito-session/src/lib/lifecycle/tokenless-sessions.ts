import { inject } from '@angular/core';
import { distinctUntilChanged, map, type Observable } from 'rxjs';
import { ENDING_LEAD_MS } from '../config/numbers';
import type { ActiveSession } from '../core/active-session';
import type { AccessTokenClaims, IdTokenClaims } from '../core/claims';
import { createSession, type Session } from '../core/session';
import type { EndedBy } from '../core/session-event';
import { isHeld, type HeldState } from '../core/session-state';
import { signInOf } from '../core/sign-in-of';
import { anchorAt, serverTimeMs } from '../core/session-time';
import { expiresAtMs, type TokenSet } from '../core/token-set';
import type { SessionError } from '../errors/session-error';
import { readClock, SESSION_CLOCK } from '../platform/session-clock';
import { SessionStore } from '../state/session-store';
import { FailureReport } from './failure-report';

/** What is known of a session where its tokens are not. */
export interface TokenlessSession {
  /** Claims of the access token. */
  readonly accessClaims: AccessTokenClaims;
  /** Claims of the ID token; `null` without one. */
  readonly idClaims: IdTokenClaims | null;
  /** The deadline of the session, epoch ms in server time; `null`: it ends when its tokens expire. */
  readonly endsAtMs: number | null;
}

/** The session that is held. */
export interface HeldTokenless {
  /** Names the sign-in. */
  readonly sid: string;
  /** The public face of the session. */
  readonly session: Session;
  /** When the session ends, epoch ms in server time. */
  readonly deadlineMs: number;
  /** When `sessionEnding` is due, epoch ms in server time; `Infinity` if it has been emitted or there is nothing to announce. */
  readonly endingDueMs: number;
}

/** State and events of a session whose tokens are kept elsewhere. Its source reports what it learns. */
export class TokenlessSessions {
  readonly #store = inject(SessionStore);
  readonly #report = inject(FailureReport);
  readonly #clock = inject(SESSION_CLOCK);
  #anchor = anchorAt(0, readClock(this.#clock));

  /** Server time, ms, by the last answer. */
  readonly serverNowMs = (): number => serverTimeMs(this.#anchor, readClock(this.#clock));

  /** Hot; replays the session that is held, `null` if there is none. Completes when the injector is destroyed. */
  readonly held$: Observable<HeldTokenless | null> = this.#store.state$.pipe(
    distinctUntilChanged(),
    map((state) => (isHeld(state) ? toHeld(state) : null)),
  );

  /** The session that is held, `null` if there is none. */
  get held(): HeldTokenless | null {
    const { held } = this.#store;
    return held && toHeld(held);
  }

  /** Whether it is not known yet whether the user is signed in, or only an unconfirmed first state is shown. */
  get isUndecided(): boolean {
    const { state } = this.#store;
    return state.status === 'restoring' || (isHeld(state) && state.unannounced);
  }

  /** Ties the device's clock to the server's: server minus device, ms. */
  setDrift(driftMs: number): void {
    this.#anchor = anchorAt(driftMs, readClock(this.#clock));
  }

  /** A first state, which no event mentions before it has been confirmed. */
  show(found: TokenlessSession | null): void {
    if (found === null) this.report(null, 'otherTab');
    else this.#store.apply({ type: 'shown', active: this.#hold(found) });
  }

  /** What is certain now. `origin`: whether this page has caused it. */
  report(found: TokenlessSession | null, origin: 'thisTab' | 'otherTab'): void {
    const { active } = this.#store;
    if (found === null) {
      if (active === null) this.#store.apply({ type: 'notRestored', reason: 'noSession' });
      else this.#end(active);
      return;
    }
    if (active?.sid !== signInOf(found))
      this.#store.apply({ type: 'adopted', active: this.#hold(found), origin });
    else if (active.gen < generationOf(found))
      this.#store.apply({ type: 'renewed', active: this.#hold(found), origin });
    // This page has signed in, and shows already what the server has rendered.
    else if (origin === 'thisTab' && this.isUndecided) this.#store.apply({ type: 'adopted', active, origin });
    else this.#store.apply({ type: 'verified', sid: active.sid });
  }

  /** The session held is over, and its source cannot be asked. */
  end(): void {
    const { active } = this.#store;
    if (active !== null) this.#end(active);
  }

  /** `signOut()` in another tab, or the library for a reason. */
  endElsewhere(sid: string, reason: EndedBy | 'signedOutElsewhere' = 'signedOutElsewhere'): void {
    this.#store.apply({ type: 'ended', sid, reason, origin: 'otherTab' });
  }

  /** The user has signed out before, and the server has not learned of it. */
  keepSignedOut(): void {
    const { active } = this.#store;
    if (active === null) this.#store.apply({ type: 'notRestored', reason: 'signedOut' });
    else this.endElsewhere(active.sid);
  }

  /** `signOut()` in this tab, or the library for a reason. */
  signOut(reason?: EndedBy): void {
    this.#store.apply({ type: 'signedOut', reason });
  }

  /** Emits `sessionEnding`, once per session. */
  announceEnding(): void {
    const { active } = this.#store;
    if (active !== null) this.#store.apply({ type: 'endingAnnounced', sid: active.sid });
  }

  /** An error event and a log line. The state stays as it is. */
  fail(error: SessionError): void {
    this.#report.tell(error);
  }

  #end(active: ActiveSession): void {
    const { endsAt } = active.session;
    const isOver = this.serverNowMs() >= (endsAt?.getTime() ?? active.expiresAtMs);
    const atDeadline = endsAt === null ? 'tokensExpired' : 'sessionEnded';
    this.#store.apply({
      type: 'ended',
      sid: active.sid,
      // Before the deadline the server does not say why.
      reason: isOver ? atDeadline : 'refreshTokenExpired',
      origin: this.isUndecided ? 'otherTab' : 'thisTab',
    });
  }

  #hold(found: TokenlessSession): ActiveSession {
    const { accessClaims, idClaims, endsAtMs } = found;
    const tokens: TokenSet = { accessToken: '', accessClaims, idClaims };
    const { driftMs } = this.#anchor;
    const { serverNowMs } = this;
    const facts = { tokens, driftMs, refreshTokenValidityDays: undefined, serverNowMs };
    const endsAt = endsAtMs === null ? null : new Date(endsAtMs);
    return {
      sid: signInOf(found),
      gen: generationOf(found),
      since: this.#clock.now(),
      tokens,
      anchor: this.#anchor,
      serverNowMs,
      session: Object.freeze({ ...createSession(facts), endsAt }),
      expiresAtMs: expiresAtMs(tokens),
      // The server refreshes the tokens, and says whether the session lives.
      diesAtMs: Infinity,
      renewalDueAtMs: Infinity,
    };
  }
}

/** A refresh brings newer tokens. */
function generationOf({ accessClaims }: TokenlessSession): number {
  return accessClaims.iat;
}

function toHeld({ active, endingAnnounced, unannounced }: HeldState): HeldTokenless {
  const { sid, session, expiresAtMs: expiry } = active;
  const endsAtMs = session.endsAt?.getTime() ?? null;
  return {
    sid,
    session,
    deadlineMs: endsAtMs ?? expiry,
    endingDueMs: endsAtMs === null || endingAnnounced || unannounced ? Infinity : endsAtMs - ENDING_LEAD_MS,
  };
}
