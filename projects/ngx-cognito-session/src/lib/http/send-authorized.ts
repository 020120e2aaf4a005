import {
  HttpEventType,
  type HttpErrorResponse,
  type HttpEvent,
  type HttpHandlerFn,
  type HttpRequest,
} from '@angular/common/http';
import { catchError, concat, filter, of, switchMap, throwError, type Observable } from 'rxjs';
import { followRule } from './follow-rule';
import type { InjectionPlan } from './injection-plan';
import type { RequestInjection } from './token-injection-port';
import { isRetried, type TokenHeader } from './token-supply';

/** A request of `HttpClient` that gets a token. */
interface Sending {
  readonly request: HttpRequest<unknown>;
  readonly next: HttpHandlerFn;
  readonly plan: InjectionPlan;
  readonly supply: RequestInjection['supply'];
  /** Whether the rules still apply: relative URLs change with the page's base. */
  readonly isMeant: () => boolean;
  readonly isXhr: boolean;
}

/**
 * Cold; sends with a token, and after a 401 again with a newer one of the same sign-in, or with the same one if it was
 * young. The caller sees one exchange.
 */
export function sendAuthorized(sending: Sending): Observable<HttpEvent<unknown>> {
  return sending.supply.send(sending.plan, (header) =>
    header === null ? sending.next(sending.request) : exchange(sending, header, null),
  );
}

/** `uploaded`: how much of the body an earlier try has sent; `null`: this is the first one. */
function exchange(
  sending: Sending,
  header: TokenHeader,
  uploaded: number | null,
): Observable<HttpEvent<unknown>> {
  const { next, plan, supply } = sending;
  const sent$ = next(authorize(sending, header));
  /** Events of a rejected try. The caller gets them only if its answer is final. */
  const held: HttpEvent<unknown>[] = [];
  let reached = uploaded ?? 0;
  return sent$.pipe(
    filter((event) => {
      if (uploaded !== null && !isNews(event, uploaded)) return false;
      if (event.type === HttpEventType.UploadProgress) reached = Math.max(reached, event.loaded);
      // An interceptor behind this one has turned a 401 into another answer.
      if (event.type === HttpEventType.Response) return true;
      const isRefused = event.type === HttpEventType.ResponseHeader && isRetried(plan, header, event.status);
      if (held.length === 0 && !isRefused) return true;
      held.push(event);
      return false;
    }),
    catchError((refusal: unknown) => {
      const stands$ = concat(
        held,
        throwError(() => refusal),
      );
      if (!isHttpError(refusal) || !isRetried(plan, header, refusal.status)) return stands$;
      return supply
        .successor(plan, header, of(refusal))
        .pipe(switchMap((newer) => (newer === null ? stands$ : exchange(sending, newer, reached))));
    }),
  );
}

function authorize(
  { request, isMeant, isXhr }: Sending,
  { name, value, isPublic }: TokenHeader,
): HttpRequest<unknown> {
  if (!isMeant()) return request;
  return request.clone({
    // XHR cannot, and warns in development.
    ...(!isXhr && !isPublic && followRule(name, request.redirect)),
    setHeaders: { [name]: value },
    // The answer for one user must not reach another one through a server-rendered page.
    transferCache: false,
  });
}

/** By its name: with the class, apps without `HttpClient` would carry all that it needs. */
function isHttpError(error: unknown): error is HttpErrorResponse {
  return (
    error instanceof Object && 'name' in error && error.name === 'HttpErrorResponse' && 'status' in error
  );
}

/** A later try does not repeat the events of an earlier one. */
function isNews(event: HttpEvent<unknown>, uploaded: number): boolean {
  if (event.type === HttpEventType.Sent) return false;
  return event.type !== HttpEventType.UploadProgress || event.loaded > uploaded;
}
