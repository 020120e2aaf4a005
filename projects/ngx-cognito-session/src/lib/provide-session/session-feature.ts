import type { Provider } from '@angular/core';

/** What a `with…` function returns: an opaque bundle of providers for `provideSession`. */
export interface SessionFeature {
  /** The feature's own name, so that development can name contradictions. */
  readonly ɵkind: string;
  /** What the feature adds. */
  readonly ɵproviders: Provider[];
}

/** Makes a feature; `ɵkind` is the name of its function without `with`. */
export function feature(ɵkind: string, ɵproviders: Provider[]): SessionFeature {
  return { ɵkind, ɵproviders };
}
