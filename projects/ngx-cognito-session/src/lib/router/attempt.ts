import { untracked } from '@angular/core';
import type { GuardResult, Router, RouterStateSnapshot, UrlSegment, UrlTree } from '@angular/router';

/** A navigation as a guard sees it, read before anything is waited for. */
export interface Attempt {
  /** The full attempted URL, with matrix parameters, query and fragment. */
  readonly url: string;
  /** What was asked for, before the routes redirected it. */
  readonly requested: string;
  /** `null` outside of a navigation. */
  readonly navigation: number | null;
}

/** A `canMatch` guard is told segments only: the navigation knows the rest. */
export function readAttempt(target: RouterStateSnapshot | UrlSegment[], router: Router): Attempt {
  const navigation = untracked(router.currentNavigation);
  const requested = navigation === null ? null : router.serializeUrl(navigation.extractedUrl);
  const url = Array.isArray(target)
    ? (requested ?? `/${target.map((segment) => segment.toString()).join('/')}`)
    : target.url;
  return { url, requested: requested ?? url, navigation: navigation?.id ?? null };
}

/**
 * The answer that does not lead in a circle: whoever is sent to the page that is being asked for may see it. A page that
 * the routes redirect to a guarded one cannot be shown, and would be asked for again and again.
 */
export function withoutLoop(answer: GuardResult, { url, requested }: Attempt, router: Router): GuardResult {
  const tree = treeOf(answer);
  if (tree === null) return answer;
  const path = pathOf(router.serializeUrl(tree));
  if (path === pathOf(url)) return true;
  return path === pathOf(requested) ? false : answer;
}

function treeOf(answer: GuardResult): UrlTree | null {
  if (typeof answer === 'boolean') return null;
  return 'redirectTo' in answer ? answer.redirectTo : answer;
}

function pathOf(url: string): string {
  return url.replace(/[?#;].*/s, '');
}
