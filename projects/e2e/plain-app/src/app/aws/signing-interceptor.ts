import type { HttpHeaders, HttpInterceptorFn } from '@angular/common/http';
import { DOCUMENT, inject } from '@angular/core';
import { Sha256 } from '@aws-crypto/sha256-js';
import { SignatureV4 } from '@smithy/signature-v4';
import { SessionService } from 'ngx-cognito-session';
import { awsCredentialsProvider } from 'ngx-cognito-session/aws-credentials';
import { from, switchMap } from 'rxjs';
import { AWS_SETTINGS } from './aws-settings';

/** Signs requests to the API for API Gateway: the recipe of `docs/guides/aws-credentials-recipes.md`. */
export const signingInterceptor: HttpInterceptorFn = (request, next) => {
  const url = new URL(request.urlWithParams, inject(DOCUMENT).baseURI);
  const { region, signedApiUrl } = inject(AWS_SETTINGS);
  if (url.origin !== signedApiUrl) return next(request);

  const signer = new SignatureV4({
    credentials: awsCredentialsProvider(),
    region,
    service: 'execute-api',
    sha256: Sha256,
    applyChecksum: false,
  });
  const signed = signer.sign(
    {
      method: request.method,
      protocol: url.protocol,
      hostname: url.hostname,
      path: url.pathname,
      query: queryOf(url),
      headers: { host: url.host, ...amazonHeadersOf(request.headers) },
      body: request.serializeBody() ?? undefined,
    },
    { signingDate: new Date(Date.now() + 1000 * (inject(SessionService).session()?.clockDrift ?? 0)) },
  );
  // The browser sets the host, and lets no script do it.
  return from(signed).pipe(
    switchMap(({ headers: { host: _, ...setHeaders } }) => next(request.clone({ setHeaders }))),
  );
};

/** Services refuse a request with an `x-amz-` header that is not signed. */
function amazonHeadersOf(headers: HttpHeaders): Record<string, string> {
  const names = headers.keys().filter((name) => /^x-amz-/i.test(name));
  return Object.fromEntries(names.map((name) => [name, headers.getAll(name)?.join(',') ?? '']));
}

/** A parameter can have several values. */
function queryOf({ searchParams }: URL): Record<string, string[]> {
  const names = [...new Set(searchParams.keys())];
  return Object.fromEntries(names.map((name) => [name, searchParams.getAll(name)]));
}
