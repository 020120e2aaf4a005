import type { HttpEvent, HttpHandler, HttpInterceptor, HttpRequest } from '@angular/common/http';
import { Injector, inject, Injectable, runInInjectionContext } from '@angular/core';
import type { Observable } from 'rxjs';
import { sessionInterceptor } from './session-interceptor';

/**
 * {@link sessionInterceptor} for apps that list their interceptors with `HTTP_INTERCEPTORS`.
 *
 * ```ts
 * const providers = [
 *   provideHttpClient(withInterceptorsFromDi()),
 *   { provide: HTTP_INTERCEPTORS, useClass: SessionInterceptor, multi: true },
 * ];
 * ```
 */
@Injectable()
export class SessionInterceptor implements HttpInterceptor {
  private readonly injector = inject(Injector);

  /** Called by `HttpClient` for each request. */
  intercept(request: HttpRequest<unknown>, next: HttpHandler): Observable<HttpEvent<unknown>> {
    return runInInjectionContext(this.injector, () =>
      sessionInterceptor(request, (outgoing) => next.handle(outgoing)),
    );
  }
}
