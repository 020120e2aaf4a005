import type { HttpInterceptorFn } from '@angular/common/http';
import { from, switchMap } from 'rxjs';
import { start, type Tokens } from './app';

declare const BENCH: { endpoint: string; clientId: string };

/** The least that an app can do: one session in memory, one refresh for all callers. */
let held: { readonly token: string; readonly refreshToken: string; readonly expiresAt: number } | null = null;
let refreshing: Promise<string> | null = null;

/** Tokens are used until their lifetime is over by the device's clock, whatever it says. */
function hold({ AccessToken, RefreshToken }: Tokens): string {
  const [, payload = ''] = AccessToken.split('.');
  const { exp, iat } = JSON.parse(atob(payload.replace(/-/g, '+').replace(/_/g, '/')));
  held = { token: AccessToken, refreshToken: RefreshToken, expiresAt: Date.now() + (exp - iat) * 1000 };
  return AccessToken;
}

async function token(): Promise<string> {
  if (held === null) throw new Error('Signed out.');
  if (Date.now() < held.expiresAt) return held.token;
  refreshing ??= refresh(held.refreshToken).finally(() => (refreshing = null));
  return refreshing;
}

async function refresh(refreshToken: string): Promise<string> {
  const response = await fetch(BENCH.endpoint, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/x-amz-json-1.1',
      'X-Amz-Target': 'AWSCognitoIdentityProviderService.GetTokensFromRefreshToken',
    },
    body: JSON.stringify({ ClientId: BENCH.clientId, RefreshToken: refreshToken }),
  });
  const { AuthenticationResult } = await response.json();
  return hold({ RefreshToken: refreshToken, ...AuthenticationResult });
}

const interceptor: HttpInterceptorFn = (request, next) =>
  request.url.startsWith('https://api.example.com/')
    ? from(token()).pipe(
        switchMap((value) => next(request.clone({ setHeaders: { Authorization: `Bearer ${value}` } }))),
      )
    : next(request);

start(() => ({ signIn: hold, token }), interceptor);
