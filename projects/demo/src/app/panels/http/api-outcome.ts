import { HttpErrorResponse, type HttpResponse } from '@angular/common/http';
import { SessionError } from 'ngx-cognito-session';

/** What became of a call of the protected API. */
export type ApiOutcome =
  | { readonly kind: 'answered'; readonly isOk: boolean; readonly status: number; readonly body: unknown }
  /** The interceptor did not send it: there is no token that would be accepted. */
  | { readonly kind: 'notSent'; readonly code: string; readonly message: string }
  | { readonly kind: 'unreachable' };

export function toOutcome({ status, body }: HttpResponse<unknown>): ApiOutcome {
  return { kind: 'answered', isOk: true, status, body };
}

/** The same for what `HttpClient` threw. Pure. */
export function toFailedOutcome(error: unknown): ApiOutcome {
  if (error instanceof SessionError) return { kind: 'notSent', code: error.code, message: error.message };
  if (error instanceof HttpErrorResponse && error.status > 0)
    return { kind: 'answered', isOk: false, status: error.status, body: error.error };
  return { kind: 'unreachable' };
}
