import { InjectionToken } from '@angular/core';
import type { GuardResult, UrlTree } from '@angular/router';
import type { Observable } from 'rxjs';
import type { Attempted } from './attempted';

declare const ngDevMode: unknown;

/** Where guards lead those whom they turn down; loaded with the engine, which they have waited for. */
export interface Redirects {
  /** Cold; one answer for the navigation. */
  toSignIn(attempted: Attempted): Observable<GuardResult>;
  to(target: string | UrlTree, attempted: Attempted): Observable<GuardResult>;
}

export const REDIRECTS = new InjectionToken<Redirects>(
  typeof ngDevMode === 'undefined' || ngDevMode ? 'REDIRECTS' : '',
);
