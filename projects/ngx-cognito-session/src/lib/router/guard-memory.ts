import { InjectionToken } from '@angular/core';
import type { GuardResult } from '@angular/router';
import type { Observable } from 'rxjs';

declare const ngDevMode: unknown;

/** The answer of the target of `withSignInRoute`, and the return URL until then. */
export interface Asked {
  readonly asked: GuardResult;
  readonly before: string | null;
}

/** What the guards of a session remember between calls. */
export interface GuardMemory {
  /** The URL that a guard rejected, where there is no storage. */
  url: string | null;
  /** All guards of a navigation call the target once. */
  asked: { readonly navigation: number; readonly answer$: Observable<Asked> } | null;
  /** The last redirect of a guard: of which navigation, to which URL, and the how many-th of those that follow each other. */
  redirected: { readonly navigation: number; readonly to: string; readonly count: number } | null;
}

export const GUARD_MEMORY = new InjectionToken<GuardMemory>(
  typeof ngDevMode === 'undefined' || ngDevMode ? 'GUARD_MEMORY' : '',
);
