import type { HttpErrorResponse, HttpEvent, HttpHandlerFn, HttpRequest } from '@angular/common/http';
import { InjectionToken } from '@angular/core';
import type { Observable } from 'rxjs';
import type { TokenOrigin } from '../core/unauthorized-step';
import type { InjectionPlan } from './injection-plan';

declare const ngDevMode: unknown;

/** The header of a request, and whose token is in it. */
export interface TokenHeader {
  readonly origin: TokenOrigin;
  readonly name: string;
  readonly value: string;
  /** Whether it was asked for inside the zone: what follows is delivered there. */
  readonly isInZone: boolean;
  /** What is said about redirects of a request with it. */
  readonly follow: (asked?: RequestRedirect) => { readonly redirect?: 'error' };
}

/** A request of `HttpClient` that gets a token. */
export interface Sending {
  readonly request: HttpRequest<unknown>;
  readonly next: HttpHandlerFn;
  readonly plan: InjectionPlan;
  /** Whether the rules still say so: relative URLs change with the page's base. */
  readonly isMeant: () => boolean;
  readonly isXhr: boolean;
}

/**
 * What is loaded with the engine: only requests that get a token need it, and those wait for the engine anyway. Who asks
 * inside the zone gets the answers there.
 */
export interface TokenSupply {
  /** Cold; waits for the restore and a due renewal. `null`: send without a token. Errors: do not send. */
  header(plan: InjectionPlan): Observable<TokenHeader | null>;

  /** Cold; the header to retry with after a 401, of the same sign-in. `null`: the 401 is the answer. Never errors. */
  successor(
    plan: InjectionPlan,
    refused: TokenHeader,
    response$: Observable<HttpErrorResponse>,
  ): Observable<TokenHeader | null>;

  /** Cold; with a token, and after a 401 once more with a newer one of the same sign-in. The caller sees one exchange. */
  send(sending: Sending): Observable<HttpEvent<unknown>>;
}

export const TOKEN_SUPPLY = new InjectionToken<TokenSupply>(
  typeof ngDevMode === 'undefined' || ngDevMode ? 'TOKEN_SUPPLY' : '',
);
