import { withInterceptors, type HttpInterceptorFn } from '@angular/common/http';
import { signal } from '@angular/core';
import type { CanActivateFn } from '@angular/router';
import { from, switchMap } from 'rxjs';
import { API, type Parts } from './app';
import type { Control, Tokens } from './control';

/** `null` if Cognito refuses the refresh token. */
export type Refresh = (refreshToken: string) => Promise<Tokens | null>;

interface Held {
  readonly token: string;
  readonly refreshToken: string;
  readonly username: string;
  readonly expiresAt: number;
}

const KEY = 'session';

/** The least that an app can do: one session in memory and in the storage, and one refresh for all callers of a tab. */
export function handWritten(refresh: Refresh) {
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
    refreshing ??= renew(held.refreshToken).finally(() => (refreshing = null));
    return refreshing;
  }

  async function renew(refreshToken: string): Promise<string> {
    const tokens = await refresh(refreshToken);
    if (tokens !== null) return adopt({ ...tokens, RefreshToken: tokens.RefreshToken ?? refreshToken });
    hold(null);
    localStorage.removeItem(KEY);
    throw new Error('Signed out.');
  }

  const interceptor: HttpInterceptorFn = (request, next) =>
    request.url.startsWith(`${API}/`)
      ? from(token()).pipe(
          switchMap((value) => next(request.clone({ setHeaders: { Authorization: `Bearer ${value}` } }))),
        )
      : next(request);

  const session = (): Parts => ({
    providers: [],
    userName: () => {
      const stored = localStorage.getItem(KEY);
      if (stored !== null) hold(JSON.parse(stored));
      return userName;
    },
  });
  return {
    session,
    withHttp: (): Parts => ({ ...session(), http: [withInterceptors([interceptor])] }),
    guard: (() => held !== null) satisfies CanActivateFn,
    control: (): Control => ({ signIn: adopt, token }),
  };
}
