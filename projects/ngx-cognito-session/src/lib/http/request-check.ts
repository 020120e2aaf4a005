import * as http from '@angular/common/http';
import {
  EnvironmentInjector,
  inject,
  Injectable,
  InjectionToken,
  runInInjectionContext,
  type Provider,
} from '@angular/core';
import { tap } from 'rxjs';
import { Diagnostics } from '../platform/diagnostics';
import { redactedText } from '../platform/redacted';
import { SESSION_LOGGER } from '../platform/session-logger';
import { SESSION_CONTEXT } from './session-context';
import { TOKEN_INJECTION, type RequestInjection } from './token-injection-port';
import { diagnoseUnmatched } from './unmatched-requests';

type RootInterceptors = InjectionToken<readonly http.HttpInterceptorFn[]>;

/** The requests that passed `sessionInterceptor`, by their context: copies of a request share it. For development only. */
@Injectable({ providedIn: 'root' })
export class InterceptedRequests {
  private readonly contexts = new WeakSet<http.HttpContext>();

  add({ context }: http.HttpRequest<unknown>): void {
    this.contexts.add(context);
  }

  has({ context }: http.HttpRequest<unknown>): boolean {
    return this.contexts.has(context);
  }
}

/**
 * Checks requests of each `HttpClient` of the app behind its interceptors. Angular has no public name for that. It is looked
 * up, so that a version without it checks nothing and still builds. For development only.
 */
export function requestCheck(): Provider[] {
  const token: unknown = Reflect.get(http, 'ɵHTTP_ROOT_INTERCEPTOR_FNS');
  if (!(token instanceof InjectionToken)) return [];
  const above = () =>
    isDelegating() ? [] : (inject(token as RootInterceptors, { skipSelf: true, optional: true }) ?? []);
  return [{ provide: token, multi: true, useFactory: () => inOrder([checkRequest, ...above()]) }];
}

/** Whether the parent's `HttpClient` sends, and calls its own interceptors. */
function isDelegating(): boolean {
  const above = inject(http.HttpHandler, { skipSelf: true, optional: true });
  return above !== null && above === inject(http.HttpBackend, { optional: true });
}

/** Those of a parent injector still apply: without this provider Angular would find them. */
function inOrder(interceptors: readonly http.HttpInterceptorFn[]): http.HttpInterceptorFn {
  return (request, next) => {
    const injector = inject(EnvironmentInjector);
    const chain = interceptors.reduceRight<http.HttpHandlerFn>(
      (rest, interceptor) => (outgoing) => runInInjectionContext(injector, () => interceptor(outgoing, rest)),
      next,
    );
    return chain(request);
  };
}

const checkRequest: http.HttpInterceptorFn = (request, next) => {
  const injection = inject(TOKEN_INJECTION, { optional: true });
  const { attach } = request.context.get(SESSION_CONTEXT);
  if (injection === null || attach === false) return next(request);
  const [injector, intercepted] = [inject(EnvironmentInjector), inject(InterceptedRequests)];
  const check = (status: number | null): void => {
    quietly(injector, () => {
      // Functions among the rules are not called for each request that the interceptor has decided on.
      if (status !== 401 && intercepted.has(request)) return;
      const isMatch = matches(injection, request);
      if (isMatch === true && !intercepted.has(request)) diagnoseNotIntercepted(request);
      if (isMatch === false && status === 401) diagnoseUnmatched(injection, request);
    });
  };
  return next(request).pipe(
    // Once an answer comes every interceptor has seen the request, also those of a parent injector.
    tap({
      next: ({ type }) => {
        if (type === http.HttpEventType.Response) check(null);
      },
      error: (error: unknown) => {
        check(error instanceof http.HttpErrorResponse ? error.status : null);
      },
    }),
  );
};

/** A check must not change what the caller gets: the app may be destroyed by now, and its logger may throw. */
function quietly(injector: EnvironmentInjector, check: () => void): void {
  try {
    runInInjectionContext(injector, check);
  } catch {
    // Nothing to report then.
  }
}

/** Whether the request would get a token; `null`: the rules of a function cannot be read, which the interceptor reports. */
function matches(injection: RequestInjection, request: http.HttpRequest<unknown>): boolean | null {
  try {
    return injection.planFor(request, {}) !== null;
  } catch {
    return null;
  }
}

function diagnoseNotIntercepted({ method, url }: http.HttpRequest<unknown>): void {
  const what = redactedText(`${method} ${url.replace(/[?#].*/s, '')}`);
  inject(Diagnostics).say(
    inject(SESSION_LOGGER),
    'NCS110',
    `${what} matches a rule of withTokenInjection, but its HttpClient has no sessionInterceptor, so it gets no token. Use provideHttpClient(withInterceptors([sessionInterceptor])).`,
    'not intercepted',
  );
}
