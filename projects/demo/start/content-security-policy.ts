import type { DemoConfig } from '../src/app/config/demo-config';
import { wrongOriginOf } from '../src/app/config/wrong-origin';

/**
 * What the page may do: run scripts of its own origin, use styles with the nonce of this answer, and call the services of the
 * configuration. Trusted Types are required. Pure.
 */
export function contentSecurityPolicy(config: DemoConfig, nonce: string): string {
  const directives = {
    'default-src': ["'none'"],
    'script-src': ["'self'"],
    'style-src': ["'self'", `'nonce-${nonce}'`],
    'font-src': ["'self'"],
    'img-src': ["'self'", 'data:'],
    'connect-src': ["'self'", ...new Set(services(config))],
    'frame-src': ["'self'"],
    'base-uri': ["'self'"],
    'form-action': ["'self'"],
    'frame-ancestors': ["'self'"],
    'require-trusted-types-for': ["'script'"],
    // Angular's policies. `default` is for parsers of XML (`DOMParser`), as the client of S3 has one.
    'trusted-types': ['angular', 'angular#components', 'default'],
  };
  return Object.entries(directives)
    .map(([name, values]) => [name, ...values].join(' '))
    .join('; ');
}

/** The origins that the page calls. */
function services(config: DemoConfig): readonly string[] {
  const { region, endpoint, apiUrl, managedLogin, aws } = config;
  const cognito = endpoint ?? `https://cognito-idp.${region}.amazonaws.com`;
  const urls = [cognito, apiUrl, apiUrl && wrongOriginOf(apiUrl), managedLogin && urlOf(managedLogin.domain)];
  if (aws !== undefined)
    urls.push(
      aws.identityEndpoint ?? `https://cognito-identity.${region}.amazonaws.com`,
      aws.s3Url ?? (aws.bucket && `https://${aws.bucket}.s3.${region}.amazonaws.com`),
      aws.signedApiUrl,
    );
  return urls.filter((url) => typeof url === 'string').map((url) => new URL(url).origin);
}

const urlOf = (domain: string): string => (domain.startsWith('http') ? domain : `https://${domain}`);
