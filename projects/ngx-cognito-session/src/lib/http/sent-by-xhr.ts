import { HttpBackend, HttpHandler, HttpXhrBackend } from '@angular/common/http';
import { inject } from '@angular/core';

/**
 * Whether `HttpClient`, or the parent's `HttpClient` that it uses, sends with `XMLHttpRequest`, which cannot reject a
 * redirect. Needs an injection context.
 */
export function isSentByXhr(): boolean {
  const backend = inject(HttpBackend, { optional: true });
  const above = { optional: true, skipSelf: true } as const;
  const sender =
    backend !== null && backend === inject(HttpHandler, above) ? inject(HttpBackend, above) : backend;
  return sender instanceof HttpXhrBackend;
}
