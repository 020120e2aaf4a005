import { Location } from '@angular/common';
import { DOCUMENT, inject } from '@angular/core';
import type { ManagedLoginConfig } from './managed-login-config';

/** The URLs of the app that managed login leads back to. Needs an injection context. */
export class AppUrls {
  readonly #location = inject(Location);
  readonly #document = inject(DOCUMENT);

  /** The absolute URL of a path of the router. Not relative to the page's base, which can be smuggled in. */
  of(path: string): string {
    return new URL(this.#location.prepareExternalUrl(path), this.#document.location.origin).href;
  }

  /** The path in the router of the page that managed login leads back to; `null`: it is not one of this app. */
  callbackPath({
    redirectUri = this.of('/callback'),
  }: Pick<ManagedLoginConfig, 'redirectUri'>): string | null {
    const base = this.of('/');
    return redirectUri.startsWith(base) ? pathOf(redirectUri.slice(base.length - 1)) : null;
  }
}

/** A URL of the router without query and fragment. Pure. */
export function pathOf(url: string): string {
  return url.replace(/[?#].*/s, '');
}
