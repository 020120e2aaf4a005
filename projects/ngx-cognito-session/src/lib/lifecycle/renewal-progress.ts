import type { ActiveSession } from '../core/active-session';

/** How far a renewal has come. */
export type RenewalProgress =
  /** The request is on its way. */
  { readonly type: 'calling' } | { readonly type: 'renewed'; readonly active: ActiveSession };
