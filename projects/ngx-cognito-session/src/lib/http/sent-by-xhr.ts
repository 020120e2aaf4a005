import { HttpBackend, HttpHandler, HttpXhrBackend } from '@angular/common/http';
import { inject } from '@angular/core';

/**
 * Whether `HttpClient` sends with `XMLHttpRequest`, which knows no way to refuse a redirect, be it via the parent's
 * `HttpClient`. Needs an injection context.
 */
export function isSentByXhr(): boolean {
  const backend = inject(HttpBackend, { optional: true });
  const above = { optional: true, skipSelf: true } as const;
  const sender =
    backend !== null && backend === inject(HttpHandler, above) ? inject(HttpBackend, above) : backend;
  return sender instanceof HttpXhrBackend;
}
