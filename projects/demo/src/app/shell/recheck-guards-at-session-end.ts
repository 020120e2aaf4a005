import { inject } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { Router } from '@angular/router';
import { SessionService } from 'ngx-cognito-session';
import { filter, pairwise } from 'rxjs';

/** Runs the guards again when the session ends, so that a page that requires a user is left. */
export function recheckGuardsAtSessionEnd(): void {
  const router = inject(Router);
  inject(SessionService)
    .isSignedIn$.pipe(
      pairwise(),
      filter(([was, is]) => was && !is),
      takeUntilDestroyed(),
    )
    .subscribe(() => void router.navigateByUrl(router.url, { onSameUrlNavigation: 'reload' }));
}
