import {
  HttpEventType,
  type HttpErrorResponse,
  type HttpEvent,
  type HttpRequest,
} from '@angular/common/http';
import { catchError, concat, defer, filter, of, switchMap, throwError, type Observable } from 'rxjs';
import type { Sending, TokenHeader, TokenSupply } from './token-supply';

const UNAUTHORIZED = 401;

/** With a token, and after a 401 once more with a newer one of the same sign-in. The caller sees one exchange. */
export function sendAuthorized(
  sending: Sending,
  supply: TokenSupply,
  header: TokenHeader,
): Observable<HttpEvent<unknown>> {
  const { next, plan } = sending;
  return defer(() => {
    /** What the refused try told of its answer: nobody's business unless that answer stands. */
    let held: HttpEvent<unknown>[] = [];
    let uploaded = 0;
    return next(authorize(sending, header)).pipe(
      filter((event) => {
        if (event.type === HttpEventType.UploadProgress) uploaded = event.loaded;
        // An interceptor behind this one has made something else of a 401.
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
    // XHR cannot, and says so in development.
    ...(!isXhr && follow(request.redirect)),
    setHeaders: { [name]: value },
    // What was answered to one user must not be handed to the next from a server-rendered page.
    transferCache: false,
  });
}

/** By its name: the class, with all that it needs, would be loaded by apps without `HttpClient` as well. */
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

/** The second try tells nothing that the first has told. */
function isNews(event: HttpEvent<unknown>, uploaded: number): boolean {
  if (event.type === HttpEventType.Sent) return false;
  return event.type !== HttpEventType.UploadProgress || event.loaded > uploaded;
}
