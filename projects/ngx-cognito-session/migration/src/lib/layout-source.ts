import { DOCUMENT, inject } from '@angular/core';
import { decodeUnverifiedJwt, type ɵFirstTokens, type ɵRawTokens } from 'ngx-cognito-session';
import { layoutPrefix, readLayout } from './cognito-layout';
import { cookieItems } from './cookie-items';
import type { MigrationOptions, MigrationPlace } from './migration-options';
import type { OldItems } from './old-items';
import { webStorageItems } from './web-storage-items';

const ALL_PLACES: readonly MigrationPlace[] = ['localStorage', 'sessionStorage', 'cookies'];

/** Finds the sessions of a library that uses the layout of Cognito's own libraries, the newest one first. */
export function layoutSource({ from = ALL_PLACES }: MigrationOptions, defaultUser?: string): ɵFirstTokens {
  return (clientId) => {
    const document = inject(DOCUMENT);
    const places = from.map((place) => itemsOf(document, place));
    const remove = () => {
      for (const place of places) forget(place, layoutPrefix(clientId));
    };
    return (
      places
        .map((place) => readLayout(place.read(), clientId, defaultUser))
        .filter((tokens) => tokens !== null)
        // An app that went over to cookies has left an older session in its web storage.
        .sort((a, b) => issuedAtMs(b) - issuedAtMs(a))
        .map((tokens) => ({ tokens, forget: remove }))
    );
  };
}

function itemsOf(document: Document, place: MigrationPlace): OldItems {
  return place === 'cookies' ? cookieItems(document) : webStorageItems(document.defaultView, place);
}

function issuedAtMs({ accessToken }: ɵRawTokens): number {
  try {
    return decodeUnverifiedJwt(accessToken).issuedAt?.getTime() ?? 0;
  } catch {
    return 0;
  }
}

/** Those of all its users: without their names they could not be found later. */
function forget(place: OldItems, prefix: string): void {
  for (const name of place.read().keys()) if (name.startsWith(prefix)) place.remove(name);
}
