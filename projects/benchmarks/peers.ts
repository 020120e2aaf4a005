/** A point of the comparison: its number, as `--only` takes it. */
export type Point = 1 | 2 | 3 | 4 | 5 | 6;

/** A library in the comparison; its page is `peers/pages/<name>.ts`. */
export interface Peer {
  readonly name: string;
  /** The packages whose versions the tables show; the first one is the library. */
  readonly packages: readonly string[];
  /** Points that it takes no part in, each with the reason. */
  readonly absent?: Readonly<Partial<Record<Point, string>>>;
  /** The reason why it does not refresh with rotation. */
  readonly withoutRotation?: string;
}

export const FLOOR = 'floor';
export const OURS = 'ngx-cognito-session';

/** In the order in which they take turns. The floor is the least that an app can write by hand. */
export const PEERS: readonly Peer[] = [
  { name: FLOOR, packages: [] },
  { name: 'aws-sdk', packages: ['@aws-sdk/client-cognito-identity-provider'] },
  { name: OURS, packages: ['ngx-cognito-session'] },
  { name: 'aws-amplify', packages: ['aws-amplify', '@aws-amplify/auth'] },
  {
    name: 'amazon-cognito-identity-js',
    packages: ['amazon-cognito-identity-js'],
    withoutRotation:
      'It refreshes with REFRESH_TOKEN_AUTH, which Cognito refuses for app clients with rotation.',
  },
  { name: 'angular-oauth2-oidc', packages: ['angular-oauth2-oidc'] },
  { name: 'angular-auth-oidc-client', packages: ['angular-auth-oidc-client'] },
  { name: 'auth0-angular', packages: ['@auth0/auth0-angular', '@auth0/auth0-spa-js'] },
  { name: 'oidc-client-ts', packages: ['oidc-client-ts'] },
  { name: 'msal-angular', packages: ['@azure/msal-angular', '@azure/msal-browser'] },
  { name: 'keycloak-angular', packages: ['keycloak-angular', 'keycloak-js'] },
  { name: 'oidc-spa', packages: ['oidc-spa'] },
];
