export type ContenderName = 'ngx-cognito-session' | 'aws-amplify' | 'fromCognitoIdentityPool';

type Shown = Readonly<Record<ContenderName, string>>;

/** What each measure shows, by library: the table of the README. */
export const EXPECTED: Readonly<Record<string, Shown>> = {
  '10 callers at once': {
    'ngx-cognito-session': '1 GetId, 1 GetCredentialsForIdentity',
    'aws-amplify': '10 GetId, 10 GetCredentialsForIdentity',
    fromCognitoIdentityPool: '10 GetId, 10 GetCredentialsForIdentity',
  },
  '3 S3 clients, one upload each, one after the other': {
    'ngx-cognito-session': '1 GetId, 1 GetCredentialsForIdentity',
    'aws-amplify': '1 GetId, 1 GetCredentialsForIdentity',
    fromCognitoIdentityPool: '1 GetId, 3 GetCredentialsForIdentity',
  },
  'bob signs in in another tab, then the S3 client that alice has used uploads': {
    'ngx-cognito-session': 'signed as bob',
    // The SDK's client keeps what it was given until it expires.
    'aws-amplify': 'signed as alice',
    fromCognitoIdentityPool: 'signed as alice',
  },
  'bob signs in in another tab, then credentials are asked for': {
    'ngx-cognito-session': 'sends the identity of bob: ok',
    'aws-amplify': 'sends the identity of alice: NotAuthorizedException',
    fromCognitoIdentityPool: 'sends the identity of alice: NotAuthorizedException',
  },
  'an S3 client uploads again once its credentials have expired': {
    'ngx-cognito-session': 'ok',
    // It keeps credentials for 50 minutes, whatever their expiry.
    'aws-amplify': 'ExpiredToken',
    fromCognitoIdentityPool: 'ok',
  },
  'the role cannot be assumed: is there an access token?': {
    'ngx-cognito-session': 'ok',
    'aws-amplify': 'InvalidIdentityPoolConfigurationException',
    fromCognitoIdentityPool: 'it has no tokens',
  },
};
