import { withInterceptors, type HttpInterceptorFn } from '@angular/common/http';
import { signal } from '@angular/core';
import type { CanActivateFn } from '@angular/router';
import { from, switchMap } from 'rxjs';
import { API, config, type Parts } from './app';
import type { Control, Tokens } from './control';

/** The least that an app can do: one session in memory and in the storage, one refresh for all callers of a tab. */
interface Held {
  readonly token: string;
  readonly refreshToken: string;
  readonly username: string;
  readonly expiresAt: number;
}

const KEY = 'session';
const userName = signal<string | null>(null);
let held: Held | null = null;
let refreshing: Promise<string> | null = null;

function hold(session: Held | null): void {
  held = session;
  userName.set(session?.username ?? null);
}

function adopt({ AccessToken, RefreshToken }: Tokens): string {
  const [, payload = ''] = AccessToken.split('.');
  const { exp, username } = JSON.parse(atob(payload.replace(/-/g, '+').replace(/_/g, '/')));
  hold({ token: AccessToken, refreshToken: RefreshToken, username, expiresAt: exp * 1000 });
  localStorage.setItem(KEY, JSON.stringify(held));
  return AccessToken;
}

async function token(): Promise<string> {
  if (held === null) throw new Error('Signed out.');
  if (Date.now() < held.expiresAt) return held.token;
  refreshing ??= refresh(held.refreshToken).finally(() => (refreshing = null));
  return refreshing;
}

async function refresh(refreshToken: string): Promise<string> {
  const response = await fetch(config.endpoint, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/x-amz-json-1.1',
      'X-Amz-Target': 'AWSCognitoIdentityProviderService.GetTokensFromRefreshToken',
    },
    body: JSON.stringify({ ClientId: config.clientId, RefreshToken: refreshToken }),
  });
  const answer = await response.json();
  if (response.status === 400) {
    hold(null);
    localStorage.removeItem(KEY);
  }
  if (!response.ok) throw new Error(answer.__type);
  return adopt({ RefreshToken: refreshToken, ...answer.AuthenticationResult });
}

const interceptor: HttpInterceptorFn = (request, next) =>
  request.url.startsWith(`${API}/`)
    ? from(token()).pipe(
        switchMap((value) => next(request.clone({ setHeaders: { Authorization: `Bearer ${value}` } }))),
      )
    : next(request);

export const session = (): Parts => ({
  providers: [],
  userName: () => {
    const stored = localStorage.getItem(KEY);
    if (stored !== null) hold(JSON.parse(stored));
    return userName;
  },
});
export const withHttp = (): Parts => ({ ...session(), http: [withInterceptors([interceptor])] });
export const guard: CanActivateFn = () => held !== null;
export const control = (): Control => ({ signIn: adopt, token });
