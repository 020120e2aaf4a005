import {
  HttpEventType,
  type HttpErrorResponse,
  type HttpEvent,
  type HttpHandlerFn,
  type HttpRequest,
} from '@angular/common/http';
import { catchError, concat, defer, filter, of, switchMap, throwError, type Observable } from 'rxjs';
import type { InjectionPlan } from './injection-plan';
import { TokenSupply, type TokenHeader } from './token-supply';

const UNAUTHORIZED = 401;

/** A request of `HttpClient` that gets a token. */
interface Sending {
  readonly request: HttpRequest<unknown>;
  readonly next: HttpHandlerFn;
  readonly plan: InjectionPlan;
  /** Whether the rules still apply: relative URLs change with the page's base. */
  readonly isMeant: () => boolean;
  readonly isXhr: boolean;
}

/**
 * Cold; sends with a token, and after a 401 once more with a newer one of the same sign-in. The caller sees one exchange.
 * Needs an injection context.
 */
export function sendAuthorized(sending: Sending): Observable<HttpEvent<unknown>> {
  const supply = new TokenSupply();
  return supply
    .header(sending.plan)
    .pipe(
      switchMap((header) =>
        header === null ? sending.next(sending.request) : exchange(sending, supply, header),
      ),
    );
}

function exchange(
  sending: Sending,
  supply: TokenSupply,
  header: TokenHeader,
): Observable<HttpEvent<unknown>> {
  const { next, plan } = sending;
  return defer(() => {
    /** Events of the rejected try. The caller gets them only if its answer is final. */
    let held: HttpEvent<unknown>[] = [];
    let uploaded = 0;
    return next(authorize(sending, header)).pipe(
      filter((event) => {
        if (event.type === HttpEventType.UploadProgress) uploaded = event.loaded;
        // An interceptor behind this one has turned a 401 into another answer.
        if (event.type === HttpEventType.Response) return true;
        if (held.length === 0 && !isRefusedHeader(event)) return true;
        held = [...held, event];
        return false;
      }),
      catchError((refusal: unknown) => {
        const stands$ = concat(
          defer(() => held),
          throwError(() => refusal),
        );
        if (!isRefusal(refusal)) return stands$;
        return supply
          .successor(plan, header, of(refusal))
          .pipe(
            switchMap((newer) =>
              newer === null
                ? stands$
                : next(authorize(sending, newer)).pipe(filter((event) => isNews(event, uploaded))),
            ),
          );
      }),
    );
  });
}

function authorize(
  { request, isMeant, isXhr }: Sending,
  { name, value, follow }: TokenHeader,
): HttpRequest<unknown> {
  if (!isMeant()) return request;
  return request.clone({
    // XHR cannot, and warns in development.
    ...(!isXhr && follow(request.redirect)),
    setHeaders: { [name]: value },
    // The answer for one user must not reach another one through a server-rendered page.
    transferCache: false,
  });
}

/** By its name: with the class, apps without `HttpClient` would carry all that it needs. */
function isRefusal(error: unknown): error is HttpErrorResponse {
  return (
    error instanceof Object &&
    'name' in error &&
    error.name === 'HttpErrorResponse' &&
    'status' in error &&
    error.status === UNAUTHORIZED
  );
}

function isRefusedHeader(event: HttpEvent<unknown>): boolean {
  return event.type === HttpEventType.ResponseHeader && event.status === UNAUTHORIZED;
}

/** The second try does not repeat the events of the first. */
function isNews(event: HttpEvent<unknown>, uploaded: number): boolean {
  if (event.type === HttpEventType.Sent) return false;
  return event.type !== HttpEventType.UploadProgress || event.loaded > uploaded;
}
