import { NavigationEnd, RedirectCommand, type Route, type Router } from '@angular/router';
import { filter, take } from 'rxjs';

/** Fits every URL and shows nothing: the root component remains, with an empty outlet. */
const SHELL: Route = { path: '**', children: [] };

/**
 * The answer of a guard on a server that leaves the decision to the browser. The navigation is cancelled before resolvers
 * run and before another route is tried, and the app is rendered without a page, at the requested URL. Without the
 * redirect `@angular/ssr` answers with an error: it treats a cancelled initial navigation as a page that does not exist.
 */
export function deferToBrowser(router: Router): RedirectCommand {
  const { config } = router;
  if (!config.includes(SHELL)) {
    router.config = [SHELL, ...config];
    router.events
      .pipe(
        filter((event) => event instanceof NavigationEnd),
        take(1),
      )
      .subscribe(() => (router.config = config));
  }
  // The router of the browser has this URL, too, until its first navigation has ended.
  return new RedirectCommand(router.parseUrl('/'), { skipLocationChange: true });
}
