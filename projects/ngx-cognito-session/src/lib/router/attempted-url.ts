import type { Router, RouterStateSnapshot, UrlSegment } from '@angular/router';

/** The full attempted URL, with matrix parameters, query and fragment. A `canMatch` guard is told segments only. */
export function attemptedUrl(target: RouterStateSnapshot | UrlSegment[], router: Router): string {
  if (!Array.isArray(target)) return target.url;
  const navigation = router.currentNavigation();
  return navigation === null
    ? `/${target.map((segment) => segment.toString()).join('/')}`
    : router.serializeUrl(navigation.extractedUrl);
}
