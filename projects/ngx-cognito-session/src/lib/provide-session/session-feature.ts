import type { Provider } from '@angular/core';

/** What a `with…` function returns: an opaque bundle of providers for `provideSession`. */
export interface SessionFeature {
  readonly ɵkind: string;
  readonly ɵproviders: Provider[];
}

export function feature(ɵkind: string, ɵproviders: Provider[]): SessionFeature {
  return { ɵkind, ɵproviders };
}
