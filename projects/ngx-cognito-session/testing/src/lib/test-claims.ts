/** Who is signed in to a test, and what the tokens say. Whatever is left out has a default. */
export interface TestClaims {
  /** Default `test-user-sub`. */
  readonly sub?: string;
  /** Default `test-user`. */
  readonly username?: string;
  /** Default `test-user@example.com`. */
  readonly email?: string;
  /** Default `true`. */
  readonly emailVerified?: boolean;
  /** Default: none, as for the names. */
  readonly phoneNumber?: string;
  /** The full name. */
  readonly name?: string;
  /** The first name. */
  readonly givenName?: string;
  /** The last name. */
  readonly familyName?: string;
  /** By names without the prefix `custom:`. */
  readonly customAttributes?: Readonly<Record<string, string>>;
  /** Default: none. */
  readonly groups?: readonly string[];
  /** Default `aws.cognito.signin.user.admin`, as after a sign-in through the API. */
  readonly scopes?: readonly string[];
  /** Issued at, Unix seconds. Default: the controller's time, or the moment at which that starts. */
  readonly iat?: number;
  /** Expiry of both tokens, Unix seconds. Default: an hour after `iat`, or as long after it as that of the tokens before. */
  readonly exp?: number;
  /** `null`: none, so that the session cannot be renewed. Default `test-refresh-token`; a renewal brings none by default. */
  readonly refreshToken?: string | null;
  /** `false`: none, as after a sign-in without the scope `openid`. */
  readonly idToken?: false;
  /** Default: that of the controller's configuration, or `test-client`. */
  readonly clientId?: string;
  /** Default: that of the controller's configuration, or `eu-west-1_TestPool1`. */
  readonly userPoolId?: string;
  /** Claims by the names that Cognito writes, in both tokens; they go before everything above. */
  readonly claims?: Readonly<Record<string, unknown>>;
  /** The same, for the two prefixes that Cognito has. */
  readonly [claim: `cognito:${string}` | `custom:${string}`]: unknown;
}

/** Claims by the names in a token. */
export type NamedClaims = Readonly<Record<string, unknown>>;

/** What is said about an access token, and nothing else. Pure. */
export function toAccessClaims(claims: TestClaims): NamedClaims {
  return {
    ...common(claims),
    ...given({ client_id: claims.clientId, username: claims.username, scope: claims.scopes?.join(' ') }),
    ...byName(claims),
  };
}

/** What is said about an ID token, and nothing else. Pure. */
export function toIdClaims(claims: TestClaims): NamedClaims {
  const custom = Object.entries(claims.customAttributes ?? {});
  return {
    ...common(claims),
    ...given({
      aud: claims.clientId,
      'cognito:username': claims.username,
      email: claims.email,
      email_verified: claims.emailVerified,
      phone_number: claims.phoneNumber,
      name: claims.name,
      given_name: claims.givenName,
      family_name: claims.familyName,
    }),
    ...Object.fromEntries(custom.map(([name, value]) => [`custom:${name}`, value])),
    ...byName(claims),
  };
}

function common({ sub, userPoolId, groups }: TestClaims): NamedClaims {
  return {
    ...given({ sub, iss: userPoolId === undefined ? undefined : issuer(userPoolId) }),
    // Cognito leaves the claim out for those who are in no group.
    ...(groups !== undefined && { 'cognito:groups': groups.length > 0 ? groups : undefined }),
  };
}

function issuer(userPoolId: string): string {
  const [region = ''] = userPoolId.split('_');
  return `https://cognito-idp.${region}.amazonaws.com/${userPoolId}`;
}

function byName({ claims, ...others }: TestClaims): NamedClaims {
  const prefixed = Object.entries(others).filter(([name]) => /^(cognito|custom):/.test(name));
  return { ...Object.fromEntries(prefixed), ...claims };
}

function given(claims: NamedClaims): NamedClaims {
  return Object.fromEntries(Object.entries(claims).filter(([, value]) => value !== undefined));
}
