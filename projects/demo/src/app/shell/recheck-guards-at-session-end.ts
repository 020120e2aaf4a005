import { inject } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { Router } from '@angular/router';
import { SessionService } from 'ngx-cognito-session';
import { filter, pairwise } from 'rxjs';

/** Asks the guards again when the session ends: nobody keeps looking at a page that needs a user. */
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
