import type {
  ActivatedRouteSnapshot,
  GuardResult,
  Route,
  RouterStateSnapshot,
  UrlSegment,
} from '@angular/router';
import type { Observable } from 'rxjs';

/** Fits canActivate, canActivateChild and canMatch. One answer; never navigates. */
export type SessionGuardFn = (
  route: ActivatedRouteSnapshot | Route,
  target: RouterStateSnapshot | UrlSegment[],
) => Observable<GuardResult>;
