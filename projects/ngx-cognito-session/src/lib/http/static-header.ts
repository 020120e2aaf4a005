import type { HttpRequest } from '@angular/common/http';
import { DOCUMENT, inject, NgZone } from '@angular/core';
import { catchError, defer, defaultIfEmpty, identity, map, of, take, type Observable } from 'rxjs';
import { parseUrl } from '../core/parse-url';
import { enterZone } from '../platform/enter-zone';
import { IS_BROWSER } from '../platform/is-browser';
import type { InjectionPlan } from './injection-plan';
import type { RequestInjection } from './token-injection-port';

/** A header that is no secret, for the requests of this origin. */
export interface StaticHeaderOptions {
  /** Its name. */
  readonly name: string;
  /** Its value. */
  readonly value: string;
  /** Names the session that is held; `null`: there is none. */
  readonly sid: () => string | null;
  /** Called when a request of that session was answered with 401. Cold; errors are ignored. */
  readonly refused: (sid: string) => Observable<unknown>;
}

/**
 * Marks the requests of this origin's pages to this origin, in browsers only. A request that was answered with 401 is not sent
 * again: the session of the request is asked for, and then the caller gets the answer. Needs an injection context.
 */
export function staticHeader({ name, value, sid, refused }: StaticHeaderOptions): RequestInjection {
  const document = inject(DOCUMENT);
  const isBrowser = inject(IS_BROWSER);
  const zone = inject(NgZone);
  const plan: InjectionPlan = {
    tokenUse: 'access',
    headerName: name,
    headerValue: () => value,
    anonymous: true,
    retryOnUnauthorized: true,
  };
  return {
    isBrowser,
    get baseUrl() {
      return document.baseURI;
    },
    get ownOrigin() {
      return document.location.origin;
    },
    planFor: ({ method, urlWithParams, headers }: HttpRequest<unknown>) =>
      isBrowser &&
      // A script element, which cannot carry a header.
      method !== 'JSONP' &&
      !headers.has(name) &&
      isOwn(urlWithParams, document)
        ? plan
        : null,
    supply: {
      send: (_plan, send) =>
        defer(() => {
          const current = sid();
          const origin = { sid: current ?? '', gen: 0 };
          return send({ origin, name, value, isFinal: current === null, isPublic: true });
        }),
      successor: (_plan, header) =>
        defer(() => refused(header.origin.sid)).pipe(
          take(1),
          map(() => null),
          // The caller called an API, not the session's routes: the API's answer is the result.
          catchError(() => of(null)),
          defaultIfEmpty(null),
          // A caller outside the zone stays there.
          NgZone.isInAngularZone() ? enterZone(zone) : identity,
        ),
    },
  };
}

/** A page without an origin (a file, a sandbox) has no requests to it. */
function isOwn(url: string, { baseURI, location }: Document): boolean {
  return /^https?:/.test(location.origin) && parseUrl(url, baseURI)?.origin === location.origin;
}
