import { inject } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { SessionService } from 'ngx-cognito-session';

/** Reports the ends of sessions. Call it in `provideAppInitializer`: events are not replayed. */
export function reportEnds(report: (reason: string) => void): void {
  inject(SessionService)
    .events$.pipe(takeUntilDestroyed())
    .subscribe((event) => {
      if (event.type === 'sessionExpired' && event.final) report(event.reason);
    });
}
