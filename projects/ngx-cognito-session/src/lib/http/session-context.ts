import { HttpContext, HttpContextToken } from '@angular/common/http';

/** What one request wants other than its rule says. */
export interface SessionContextOptions {
  /** `false`: no token, whatever the rules say. */
  attach?: false;
  /** Which token this request gets. Default: the one its rule names. */
  tokenUse?: 'access' | 'id';
  /** Whether a 401 leads to one renewal and one retry. Default: what `withTokenInjection` says. */
  retryOnUnauthorized?: boolean;
}

export const SESSION_CONTEXT = new HttpContextToken<SessionContextOptions>(() => ({}));

/**
 * The context of an `HttpClient` request that wants something other than its rule says. It attaches nothing where no rule
 * matches. `base` is left as it is; what it holds is taken over.
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
