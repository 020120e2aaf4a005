import { inject, Injectable, Injector, type ProviderToken } from '@angular/core';
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
import { WAKE_SIGNALS } from '../platform/wake-signals';
import type { SessionEngine } from '../session-service/session-engine';
import { KnownState } from '../state/known-state';
import { LiveTokens } from './live-tokens';
import { SERVER_RESTORE } from './server-restore-port';
import { UnauthorizedRenewals } from './unauthorized-renewals';

/** Hands what the page asks on to the use cases. */
@Injectable()
export class LoadedEngine implements SessionEngine {
  private readonly injector = inject(Injector);
  private readonly startup = inject(Startup);
  private readonly signingIn = inject(SignIn);
  private readonly signingOut = inject(SignOut);
  private readonly renewal = inject(Renewal);
  private readonly tokens = inject(LiveTokens);
  private readonly unauthorized = inject(UnauthorizedRenewals);
  private readonly record = inject(RECORD);
  private readonly serverRestore = inject(SERVER_RESTORE, { optional: true });
  private readonly state = inject(KnownState);
  readonly wakes$ = inject(WAKE_SIGNALS);

  start(): Observable<InternalState> {
    return this.startup.start();
  }

  signIn(
    tokens: TokenInput,
    justIssued: boolean | undefined,
    received: ClockReading,
    isOver: boolean,
  ): Observable<ActiveSession> {
    this.startup.watchOver();
    return this.signingIn.run(tokens, justIssued, { received, isOver });
  }

  signOut(options: SignOutOptions, isEarly: boolean): Observable<void> {
    // A page that restores nothing tells the others as well.
    this.startup.watchOver();
    return this.signingOut.run(options, isEarly);
  }

  renew(clientMetadata?: Record<string, string>): Observable<ActiveSession> {
    return this.state.known().pipe(switchMap(() => this.renewal.renew(clientMetadata)));
  }

  live(): Observable<ActiveSession> {
    return this.tokens.live();
  }

  held(): Observable<AuthTokens | null> {
    return this.tokens
      .held()
      .pipe(map((active) => (active === null ? null : toAuthTokens(active.tokens, active.anchor.driftMs))));
  }

  replace(refused: TokenOrigin): Observable<ActiveSession> {
    return this.unauthorized.replace(refused);
  }

  part<T>(token: ProviderToken<T>): T {
    return this.injector.get(token);
  }

  isShared(): Observable<boolean> {
    return this.record.isShared();
  }

  restoreOnServer(): Observable<void> {
    return this.serverRestore?.run() ?? of(undefined);
  }
}
