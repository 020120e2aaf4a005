import { inject, type Signal } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { EMPTY, expand, map, of, startWith, switchMap, timer, type Observable } from 'rxjs';
import { SECOND_MS } from '../config/numbers';
import type { ActiveSession } from '../core/active-session';
import type { InternalState } from '../core/session-state';
import { IS_BROWSER } from '../platform/is-browser';
import { SESSION_SCHEDULER } from '../platform/session-scheduler';
import { WAKE_SIGNALS } from '../platform/wake-signals';
import { SessionStore } from '../state/session-store';
import { SessionService } from './session-service';

/**
 * The seconds until the session's `expiresAt`, by the server's clock: whole ones, 0 once it has passed, `null` if no user is
 * signed in or it is not known yet. Ticks until the caller is destroyed, outside the zone, and stands still at 0; without a
 * caller there is no timer. On a server it does not tick. Needs an injection context.
 *
 * ```ts
 * @Component({
 *   selector: 'app-countdown',
 *   changeDetection: ChangeDetectionStrategy.OnPush,
 *   template: `@if (seconds() !== null) { Tokens expire in {{ seconds() }} s }`,
 * })
 * export class Countdown {
 *   protected readonly seconds = injectExpiresIn();
 * }
 * ```
 */
export function injectExpiresIn(): Signal<number | null> {
  // The message without `provideSession` names it.
  inject(SessionService);
  const store = inject(SessionStore);
  const scheduler = inject(SESSION_SCHEDULER);
  const isBrowser = inject(IS_BROWSER);
  const wakes$ = inject(WAKE_SIGNALS);

  const leftMs = (active: ActiveSession): number => Math.max(0, active.expiresAtMs - active.serverNowMs());
  const countdown = (active: ActiveSession): Observable<number> =>
    of(leftMs(active)).pipe(
      expand((left) =>
        // To the next whole second: each number stands for as long as it is true.
        isBrowser && left > 0
          ? timer(left % SECOND_MS || SECOND_MS, scheduler).pipe(map(() => leftMs(active)))
          : EMPTY,
      ),
      map((left) => Math.ceil(left / SECOND_MS)),
    );
  const seconds = ({ status, active }: InternalState): Observable<number | null> =>
    status === 'restoring' || active === null
      ? of(null)
      : // After a sleep the timer is late and the number wrong.
        wakes$.pipe(
          startWith(null),
          switchMap(() => countdown(active)),
        );
  return toSignal(store.state$.pipe(switchMap(seconds)), { requireSync: true });
}
