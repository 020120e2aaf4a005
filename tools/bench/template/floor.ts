import { signal } from '@angular/core';
import { start } from './app';

/** The least that an app can do: read the stored token and look at its expiry. */
function storedName(): string | null {
  const token = localStorage.getItem('token');
  const [, payload] = token?.split('.') ?? [];
  if (payload === undefined) return null;
  const claims = JSON.parse(atob(payload.replace(/-/g, '+').replace(/_/g, '/')));
  return claims.exp * 1000 > Date.now() ? claims.username : null;
}

Object.assign(globalThis, {
  signIn: ({ AccessToken }: { AccessToken: string }) => localStorage.setItem('token', AccessToken),
});

start(() => signal(storedName()));
