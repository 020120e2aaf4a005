import { inject } from '@angular/core';
import type { TokenRefresher, ɵWakeSignal } from 'ngx-cognito-session';
import type { ɵFailureKind } from 'ngx-cognito-session/devtools/panel';
import { defer, Subject, throwError, type Observable } from 'rxjs';
import { Recorder } from './recorder';
import { simulatedFailure, unreachable } from './simulated-failure';

/** What the panel does to calls of Cognito. Without a simulated fault they are carried out as they are. */
export class Faults {
  readonly #recorder = inject(Recorder);
  readonly #signals = new Subject<ɵWakeSignal>();
  readonly #changed = new Subject<void>();
  #next: ɵFailureKind | null = null;
  #isOffline = false;

  /** Hot: signals for the library besides those of the page. */
  readonly signals$: Observable<ɵWakeSignal> = this.#signals.asObservable();
  /** Hot. */
  readonly changed$: Observable<void> = this.#changed.asObservable();

  get next(): ɵFailureKind | null {
    return this.#next;
  }

  get isOffline(): boolean {
    return this.#isOffline;
  }

  failNext(kind: ɵFailureKind | null): void {
    this.#next = kind;
    this.#changed.next();
  }

  setOffline(isOffline: boolean): void {
    if (isOffline === this.#isOffline) return;
    this.#isOffline = isOffline;
    this.#changed.next();
    if (!isOffline) this.#signals.next('online');
  }

  /** The clock was set: the library checks what is due. */
  checkClock(): void {
    this.#signals.next('resume');
  }

  /** The transport, whose calls fail if the panel says so. */
  around(refresher: TokenRefresher): TokenRefresher {
    const unlessOffline = (call: () => Observable<void>) =>
      defer(() => (this.#isOffline ? throwError(unreachable) : call()));
    return {
      refresh: (request) =>
        defer(() => {
          const kind = this.#take();
          const call = refresher.refresh(request);
          return kind === null
            ? this.#recorder.call(call, false)
            : this.#recorder.call(simulatedFailure(kind, call, request.signal), true);
        }),
      revoke: (refreshToken) => unlessOffline(() => refresher.revoke(refreshToken)),
      ...(refresher.globalSignOut && {
        globalSignOut: (accessToken: string) =>
          unlessOffline(() => refresher.globalSignOut?.(accessToken) ?? throwError(unreachable)),
      }),
    };
  }

  #take(): ɵFailureKind | null {
    if (this.#isOffline) return 'network';
    const kind = this.#next;
    if (kind !== null) this.failNext(null);
    return kind;
  }
}
