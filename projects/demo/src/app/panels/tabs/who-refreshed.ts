import { inject, type Signal } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { SessionService } from 'ngx-cognito-session';
import { filter, map } from 'rxjs';

/** Whether this tab or another one has called Cognito for the present tokens. All tabs get them. Needs an injection context. */
export function injectWhoRefreshed(): Signal<'thisTab' | 'otherTab' | undefined> {
  const refreshed$ = inject(SessionService).events$.pipe(
    filter(({ type }) => type === 'tokenRefreshed'),
    map(({ origin }) => origin),
  );
  return toSignal(refreshed$);
}
