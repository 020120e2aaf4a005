export interface Difference {
  /** What cognito-local 5.3.0 shows instead. */
  readonly shows: string;
  readonly reason: string;
}

/** Where cognito-local is known to differ from the documented behaviour, by the name of the step. Anything else has to agree. */
export const COGNITO_LOCAL_DIFFERENCES: Readonly<Record<string, Difference>> = {
  'a sign-in by password gives tokens': {
    shows: 'AccessToken IdToken RefreshToken',
    reason: 'it leaves ExpiresIn and TokenType out',
  },
  'a wrong password is refused': {
    shows: 'InvalidPasswordException',
    reason: 'it uses the exception that AWS has for a new password against the policy',
  },
  'a disabled user cannot sign in': {
    shows: 'ok',
    reason: 'it stores Enabled but never reads it at sign-in (its issue 381)',
  },
  'the tokens of one sign-in share origin_jti and differ in jti': {
    shows: 'no origin_jti',
    reason: 'it predates token revocation and writes no such claim',
  },
  'ID and access token are signed by different keys': {
    shows: 'same',
    reason: 'it ships one static key for everything',
  },
  'the asked scope is in the access token': {
    shows: 'aws.cognito.signin.user.admin',
    reason: 'its managed login ignores the scope',
  },
  'a refresh by InitiateAuth gives no refresh token': {
    shows: 'AccessToken IdToken',
    reason: 'no refresh token either, but it leaves ExpiresIn and TokenType out as at sign-in',
  },
  'a refresh by GetTokensFromRefreshToken works without rotation': {
    shows: 'Unsupported',
    reason: 'it does not have the operation',
  },
  'a refresh keeps auth_time and moves iat': {
    shows: 'auth_time reset, iat moved',
    reason: 'it writes the time of the refresh; AWS documents the time of the original sign-in',
  },
  "another client's id is refused": {
    shows: 'ok',
    reason: 'it finds the user by the token and never compares the client',
  },
  'an access token cannot be revoked': {
    shows: 'NotAuthorizedException',
    reason: 'it looks for any refresh token of that text and finds none',
  },
  'GetUser refuses a forged access token': {
    shows: 'ok',
    reason: 'it decodes the token without verifying it',
  },
  'GetUser sees a revocation': {
    shows: 'ok',
    reason: 'revocation only removes the refresh token there',
  },
  'GlobalSignOut ends the refresh token': {
    shows: 'Unsupported',
    reason: 'it does not have the operation',
  },
  'a sign-in without a password is refused': {
    shows: 'InvalidPasswordException',
    reason: 'it compares the missing password like a wrong one',
  },
  'an expired refresh token is refused': {
    shows: 'ok',
    reason: 'it never checks the expiry of a refresh token',
  },
};
