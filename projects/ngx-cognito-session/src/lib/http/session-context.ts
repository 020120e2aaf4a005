import { HttpContext, HttpContextToken, type HttpErrorResponse } from '@angular/common/http';

/** Options of one request that differ from its rule. */
export interface SessionContextOptions {
  /** `false`: no token, regardless of the rules. */
  attach?: false;
  /** Which token this request gets. Default: that of its rule. */
  tokenUse?: 'access' | 'id';
  /** As in the options of `withTokenInjection`. Default: that of its rule. */
  retryOnUnauthorized?: boolean | ((response: HttpErrorResponse) => boolean);
}

export const SESSION_CONTEXT = new HttpContextToken<SessionContextOptions>(() => ({}));

/**
 * The context of an `HttpClient` request whose options differ from its rule. Without a matching rule it attaches no
 * token. `base` is not changed; its values are copied.
 *
 * ```ts
 * http.get('/api/health', { context: sessionContext({ attach: false }) });
 * ```
 */
export function sessionContext(options: SessionContextOptions, base = new HttpContext()): HttpContext {
  const context = new HttpContext();
  for (const token of base.keys()) context.set(token, base.get(token));
  return context.set(SESSION_CONTEXT, { ...context.get(SESSION_CONTEXT), ...options });
}
