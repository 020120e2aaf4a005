import { HttpBackend, HttpXhrBackend } from '@angular/common/http';
import { inject } from '@angular/core';

/** Whether `HttpClient` sends with `XMLHttpRequest`, which knows no way to refuse a redirect. Needs an injection context. */
export function isSentByXhr(): boolean {
  return inject(HttpBackend, { optional: true }) instanceof HttpXhrBackend;
}
