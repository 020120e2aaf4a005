import { DOCUMENT, inject } from '@angular/core';
import { decodeUnverifiedJwt, type ɵFirstTokens, type ɵRawTokens } from 'ngx-cognito-session';
import { layoutPrefix, readLayout } from './cognito-layout';
import { cookieItems } from './cookie-items';
import type { MigrationOptions, MigrationPlace } from './migration-options';
import type { OldItems } from './old-items';
import { webStorageItems } from './web-storage-items';

const ALL_PLACES: readonly MigrationPlace[] = ['localStorage', 'sessionStorage', 'cookies'];

/** Finds the session of a library that uses the layout of Cognito's own libraries. */
export function layoutSource({ from = ALL_PLACES }: MigrationOptions, defaultUser?: string): ɵFirstTokens {
  return (clientId) => {
    const document = inject(DOCUMENT);
    const places = from.map((place) => itemsOf(document, place));
    const found = places
      .map((place) => readLayout(place.read(), clientId, defaultUser))
      .filter((tokens) => tokens !== null);
    const [newest, ...older] = found;
    if (newest === undefined) return null;
    return {
      // An app that went over to cookies has left an older session in its web storage.
      tokens: older.reduce(newerOf, newest),
      forget: () => {
        for (const place of places) forget(place, layoutPrefix(clientId));
      },
    };
  };
}

function itemsOf(document: Document, place: MigrationPlace): OldItems {
  return place === 'cookies' ? cookieItems(document) : webStorageItems(document.defaultView, place);
}

function newerOf(a: ɵRawTokens, b: ɵRawTokens): ɵRawTokens {
  return issuedAtMs(b) > issuedAtMs(a) ? b : a;
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
