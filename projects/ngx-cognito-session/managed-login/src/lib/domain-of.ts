import { SessionError } from 'ngx-cognito-session';

const ORIGIN = /^(?:https:\/\/[\w-]+(?:\.[\w-]+)+|https?:\/\/(?:localhost|127\.0\.0\.1|\[::1\]))(?::\d+)?$/;

/** The origin of managed login. Throws `invalidConfiguration`. Pure. */
export function domainOf(config: { readonly domain: unknown }): string {
  // A configuration from JSON may contain anything.
  const domain = String(config.domain);
  const origin = domain.replace(/^(?!https?:)/, 'https://').replace(/\/$/, '');
  if (ORIGIN.test(origin)) return origin;
  throw new SessionError('invalidConfiguration', `withManagedLogin: domain '${domain}' is not a host name.`);
}
