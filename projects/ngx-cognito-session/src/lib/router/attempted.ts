import type {
  ActivatedRouteSnapshot,
  Route,
  Router,
  RouterStateSnapshot,
  UrlSegment,
  UrlTree,
} from '@angular/router';

/** The arguments of a guard, read before it waits. */
export interface Attempted {
  readonly router: Router;
  readonly route: ActivatedRouteSnapshot | Route;
  readonly target: RouterStateSnapshot | UrlSegment[];
  /** The navigation with the requested URL, before the routes redirected it; `null` outside of one. */
  readonly navigation: { readonly id: number; readonly extractedUrl: UrlTree } | null;
}
