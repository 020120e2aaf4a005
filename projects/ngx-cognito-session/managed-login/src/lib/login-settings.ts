import { SessionError, ɵuserPoolEndpoint } from 'ngx-cognito-session';
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
  readonly scopes: readonly string[];
  readonly resource: string | undefined;
}

const SCOPES = ['openid', 'email', 'profile', 'aws.cognito.signin.user.admin'];

/** Throws `invalidConfiguration`. `urlOf`: the absolute URL of a path of the app. Pure. */
export function loginSettings(
  [{ clientId, userPoolId }, config]: LoginConfigs,
  urlOf: (path: string) => string,
): LoginSettings {
  if (userPoolId === undefined) throw wrong('the configuration of the session has no userPoolId');
  const { redirectUri = urlOf('/callback'), scopes = SCOPES, resource } = config;
  // Cognito refuses fragments. With HashLocationStrategy every path of the app is one.
  if (redirectUri.includes('#')) throw wrong('redirectUri is missing, or contains #');
  const issuer = ɵuserPoolEndpoint(userPoolId.replace(/_.*/, '')) + userPoolId;
  return {
    clientId,
    issuers: [issuer, issuer.replace('//', '//issuer-')],
    domain: domainOf(config),
    redirectUri,
    scopes,
    resource,
  };
}

function wrong(what: string): SessionError {
  return new SessionError('invalidConfiguration', `withManagedLogin: ${what}.`);
}
