import { HttpContext, type HttpClient } from '@angular/common/http';
import { createAuthFetch, type SessionService } from 'ngx-cognito-session';
import { from, type Observable } from 'rxjs';
import { ON_SENT, type SentRequest } from '../../http/watch-interceptor';
import { shortToken } from '../../http/short-token';

type Report = (sent: SentRequest) => void;

/** `sessionInterceptor` adds the token and answers a 401 with one refresh and one retry. Errors with the last answer. */
export function callWithHttpClient(http: HttpClient, url: string, onSent: Report): Observable<unknown> {
  return http.get(url, { context: new HttpContext().set(ON_SENT, onSent) });
}

/** The same rules for `fetch`. Emits the last answer, whatever its status. */
export function callWithFetch(session: SessionService, url: string, onSent: Report): Observable<Response> {
  const watched: typeof fetch = async (input, init) => {
    const request = new Request(input, init);
    const response = await fetch(request);
    onSent({ status: response.status, token: shortToken(request.headers.get('Authorization')) });
    return response;
  };
  return from(createAuthFetch(session, { fetch: watched })(url));
}
