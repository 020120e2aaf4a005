import type { EnvironmentProviders, Provider } from '@angular/core';

/** The result of a `with…` function: an opaque set of providers for `provideSession`. */
export interface SessionFeature {
  /** The feature's own name, so that development can name contradictions. */
  readonly ɵkind: string;
  /** The providers of the feature. */
  readonly ɵproviders: (Provider | EnvironmentProviders)[];
}

/** Makes a feature; `ɵkind` is the name of its function without `with`. */
export function feature(ɵkind: string, ɵproviders: SessionFeature['ɵproviders']): SessionFeature {
  return { ɵkind, ɵproviders };
}
