import { InjectionToken } from '@angular/core';
import { SessionError } from 'ngx-cognito-session';

declare const ngDevMode: unknown;

/** Options of `provideServerSession` with every default filled in. */
export interface ResolvedOptions {
  /** A path of this origin, without a slash at its end. */
  readonly basePath: string;
  /** What the pages of this session share: the name of their channel, and of what they store. */
  readonly name: string;
  readonly leaveAtSignOut: boolean;
}

export const OPTIONS = new InjectionToken<ResolvedOptions>(
  typeof ngDevMode === 'undefined' || ngDevMode ? 'SERVER_SESSION_OPTIONS' : '',
);

/** The base path as the routes are built from it. Throws `invalidConfiguration`. Pure. */
export function checkedBasePath(basePath: string): string {
  const path = basePath.replace(/\/+$/, '');
  // Letters that `URL` would change, and two slashes, may lead elsewhere.
  if (/^(?:\/[\w.~-]+)+$/.test(path) && !/\/\.\.?(?:\/|$)/.test(path)) return path;
  throw new SessionError(
    'invalidConfiguration',
    `provideServerSession: basePath '${basePath}' must be a path of this origin, such as /auth.`,
  );
}
