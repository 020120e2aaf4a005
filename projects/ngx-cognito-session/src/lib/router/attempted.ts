import type {
  ActivatedRouteSnapshot,
  Route,
  Router,
  RouterStateSnapshot,
  UrlSegment,
  UrlTree,
} from '@angular/router';

/** What a guard was asked, read before anything is waited for. */
export interface Attempted {
  readonly router: Router;
  readonly route: ActivatedRouteSnapshot | Route;
  readonly target: RouterStateSnapshot | UrlSegment[];
  /** The navigation with what was asked for, before the routes redirected it; `null` outside of one. */
  readonly navigation: { readonly id: number; readonly extractedUrl: UrlTree } | null;
}
