import { inject, Injectable } from '@angular/core';
import { map, of, switchMap, type Observable } from 'rxjs';
import type { ActiveSession } from '../core/active-session';
import type { ClockReading } from '../core/session-time';
import type { InternalState } from '../core/session-state';
import type { TokenInput } from '../core/token-input';
import { toAuthTokens, type AuthTokens } from '../core/token-set';
import type { TokenOrigin } from '../core/unauthorized-step';
import { RECORD } from '../lifecycle/record';
import { Renewal } from '../lifecycle/renewal';
import { SignIn } from '../lifecycle/sign-in';
import { SignOut, type SignOutOptions } from '../lifecycle/sign-out';
import { Startup } from '../lifecycle/startup';
import { KnownState } from '../state/known-state';
import { LiveTokens } from './live-tokens';
import { SERVER_RESTORE } from './server-restore-port';
import { UnauthorizedRenewals } from './unauthorized-renewals';

/** What the page asks of the part of the library that is loaded after it: nothing else of that part is seen outside. */
@Injectable()
export class SessionEngine {
  private readonly startup = inject(Startup);
  private readonly signingIn = inject(SignIn);
  private readonly signingOut = inject(SignOut);
  private readonly renewal = inject(Renewal);
  private readonly tokens = inject(LiveTokens);
  private readonly unauthorized = inject(UnauthorizedRenewals);
  private readonly record = inject(RECORD);
  private readonly serverRestore = inject(SERVER_RESTORE, { optional: true });
  private readonly state = inject(KnownState);

  /** Hot; starts the restore once. Emits the first state that is known and completes. */
  start(): Observable<InternalState> {
    return this.startup.start();
  }

  /** Cold; one value. */
  signIn(
    tokens: TokenInput,
    justIssued: boolean | undefined,
    received: ClockReading,
  ): Observable<ActiveSession> {
    this.startup.watchOver();
    return this.signingIn.run(tokens, justIssued, received);
  }

  /** Cold; one value. `isEarly`: the state says so already, and nobody knows what is stored. */
  signOut(options: SignOutOptions, isEarly: boolean): Observable<void> {
    return this.signingOut.run(options, isEarly);
  }

  /** Cold; one value. */
  renew(clientMetadata?: Record<string, string>): Observable<ActiveSession> {
    return this.state.known().pipe(switchMap(() => this.renewal.renew(clientMetadata)));
  }

  /** Cold; one value: a session whose tokens are valid now. */
  live(): Observable<ActiveSession> {
    return this.tokens.live();
  }

  /** Cold; one value: the tokens held, valid or not. */
  held(): Observable<AuthTokens | null> {
    return this.tokens
      .held()
      .pipe(map((active) => (active === null ? null : toAuthTokens(active.tokens, active.anchor.driftMs))));
  }

  /** Cold; the session to send a refused request with once more, or none. */
  replace(refused: TokenOrigin): Observable<ActiveSession> {
    return this.unauthorized.replace(refused);
  }

  /** Cold; one value: whether tabs share a record. */
  isShared(): Observable<boolean> {
    return this.record.isShared();
  }

  /** Cold; one value once the session of a server's request is known, or is left to the browser. */
  restoreOnServer(): Observable<void> {
    return this.serverRestore?.run() ?? of(undefined);
  }
}
