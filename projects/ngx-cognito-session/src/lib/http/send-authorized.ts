import {
  HttpErrorResponse,
  HttpEventType,
  type HttpEvent,
  type HttpHandlerFn,
  type HttpRequest,
} from '@angular/common/http';
import { catchError, concat, defer, filter, of, switchMap, throwError, type Observable } from 'rxjs';
import { followRule } from './follow-rule';
import type { InjectionPlan } from './injection-plan';
import type { TokenHeader, TokenSupply } from './token-supply';

const UNAUTHORIZED = 401;

export interface Sending {
  readonly request: HttpRequest<unknown>;
  readonly next: HttpHandlerFn;
  readonly plan: InjectionPlan;
  readonly supply: TokenSupply;
  /** Whether the rules still say so: relative URLs change with the page's base. */
  readonly isMeant: () => boolean;
  readonly isXhr: boolean;
}

/** With a token, and after a 401 once more with a newer one of the same sign-in. The caller sees one exchange. */
export function sendAuthorized(sending: Sending, header: TokenHeader): Observable<HttpEvent<unknown>> {
  const { next, plan, supply } = sending;
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
        if (!(refusal instanceof HttpErrorResponse) || refusal.status !== UNAUTHORIZED) return stands$;
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

function authorize({ request, plan, isMeant, isXhr }: Sending, { value }: TokenHeader): HttpRequest<unknown> {
  if (!isMeant()) return request;
  return request.clone({
    // XHR cannot, and says so in development.
    ...(!isXhr && followRule(plan.headerName, request.redirect)),
    setHeaders: { [plan.headerName]: value },
    // What was answered to one user must not be handed to the next from a server-rendered page.
    transferCache: false,
  });
}

function isRefusedHeader(event: HttpEvent<unknown>): boolean {
  return event.type === HttpEventType.ResponseHeader && event.status === UNAUTHORIZED;
}

/** The second try tells nothing that the first has told. */
function isNews(event: HttpEvent<unknown>, uploaded: number): boolean {
  if (event.type === HttpEventType.Sent) return false;
  return event.type !== HttpEventType.UploadProgress || event.loaded > uploaded;
}
