import {
  HttpContextToken,
  HttpErrorResponse,
  HttpResponse,
  type HttpInterceptorFn,
} from '@angular/common/http';
import { tap } from 'rxjs';
import { shortToken } from './short-token';

/** One request as it left the app: a retry is another one. */
export interface SentRequest {
  /** 0 without an answer. */
  readonly status: number;
  /** The token in the header, shortened; `null` without one. */
  readonly token: string | null;
}

/** Learns of each request that is sent for a call. */
export const ON_SENT = new HttpContextToken<((sent: SentRequest) => void) | null>(() => null);

/** Behind `sessionInterceptor`, so that it sees the token and both tries. It changes nothing. */
export const watchInterceptor: HttpInterceptorFn = (request, next) => {
  const report = request.context.get(ON_SENT);
  if (report === null) return next(request);
  const token = shortToken(request.headers.get('Authorization'));
  return next(request).pipe(
    tap({
      next: (event) => {
        if (event instanceof HttpResponse) report({ status: event.status, token });
      },
      error: (error: unknown) =>
        report({ status: error instanceof HttpErrorResponse ? error.status : 0, token }),
    }),
  );
};
