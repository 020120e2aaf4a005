import { SessionError, ɵuserPoolEndpoint } from 'ngx-cognito-session';
import type { AppUrls } from './app-urls';
import { domainOf } from './domain-of';
import type { LoginConfigs } from './login-source';

/** A checked configuration with every default filled in. */
export interface LoginSettings {
  readonly clientId: string;
  /** The two forms of the pool's issuer. */
  readonly issuers: readonly [string, string];
  /** The origin of managed login. */
  readonly domain: string;
  readonly redirectUri: string;
  /** Its path in the router; `null`: it is not a URL of this app. */
  readonly callbackPath: string | null;
  readonly scopes: readonly string[];
  readonly resource: string | undefined;
}

const SCOPES = ['openid', 'email', 'profile', 'aws.cognito.signin.user.admin'];

/** Throws `invalidConfiguration`. */
export function loginSettings(
  [{ clientId, userPoolId }, config]: LoginConfigs,
  urls: AppUrls,
): LoginSettings {
  if (userPoolId === undefined) throw wrong('the configuration of the session has no userPoolId');
  const { redirectUri = urls.of('/callback'), scopes = SCOPES, resource } = config;
  const issuer = ɵuserPoolEndpoint(userPoolId.replace(/_.*/, '')) + userPoolId;
  return {
    clientId,
    issuers: [issuer, issuer.replace('//', '//issuer-')],
    domain: domainOf(config),
    redirectUri: withoutFragment(redirectUri, 'redirectUri'),
    callbackPath: urls.callbackPath(config),
    scopes,
    resource,
  };
}

/** Cognito refuses fragments. With `HashLocationStrategy` every path of the app is one. Throws `invalidConfiguration`. Pure. */
export function withoutFragment(uri: string, option: 'redirectUri' | 'logoutUri'): string {
  if (uri.includes('#')) throw wrong(`${option} is missing, or contains #`);
  return uri;
}

function wrong(what: string): SessionError {
  return new SessionError('invalidConfiguration', `withManagedLogin: ${what}.`);
}
