/** The user of a test, and the claims of the tokens. All fields have defaults. */
export interface TestClaims {
  /** Default: the user name and `-sub`. */
  readonly sub?: string;
  /** Default `test-user`. */
  readonly username?: string;
  /** `null`: none. Default: the user name at `example.com`. */
  readonly email?: string | null;
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
  /** Issued at, Unix seconds. Default: the controller's time, or its start time. */
  readonly iat?: number;
  /** Expiry of both tokens, Unix seconds. Default: an hour after `iat`, and after a refresh with the same lifetime as before. */
  readonly exp?: number;
  /** `null`: none, so that the session cannot be refreshed. Default: a new one; by default a refresh returns none. */
  readonly refreshToken?: string | null;
  /** `false`: none, as after a sign-in without the scope `openid`. */
  readonly idToken?: false;
  /** Default: that of the controller's configuration, or `test-client`. */
  readonly clientId?: string;
  /** Default: that of the controller's configuration, or one of its region, `eu-west-1` without it. */
  readonly userPoolId?: string;
  /** Claims by their names in Cognito's tokens, in both tokens. They take precedence over all fields above. */
  readonly claims?: Readonly<Record<string, unknown>>;
  /** The same, for the two prefixes of Cognito. */
  readonly [claim: `cognito:${string}` | `custom:${string}`]: unknown;
}

/** Claims by the names in a token. */
export type NamedClaims = Readonly<Record<string, unknown>>;

/** The claims of an access token alone; `undefined`: Cognito would omit it. Pure. */
export function toAccessClaims(claims: TestClaims): NamedClaims {
  return {
    ...common(claims),
    ...given({ client_id: claims.clientId, username: claims.username, scope: claims.scopes?.join(' ') }),
    ...byName(claims),
  };
}

/** The same for an ID token. Pure. */
export function toIdClaims(claims: TestClaims): NamedClaims {
  const custom = Object.entries(claims.customAttributes ?? {});
  return {
    ...common(claims),
    ...given({
      aud: claims.clientId,
      'cognito:username': claims.username,
      email: claims.email ?? undefined,
      email_verified: claims.emailVerified,
      phone_number: claims.phoneNumber,
      name: claims.name,
      given_name: claims.givenName,
      family_name: claims.familyName,
    }),
    ...(claims.email === null && { email: undefined, email_verified: undefined }),
    ...Object.fromEntries(custom.map(([name, value]) => [`custom:${name}`, value])),
    ...byName(claims),
  };
}

function common({ sub, userPoolId, groups }: TestClaims): NamedClaims {
  return {
    ...given({ sub, iss: userPoolId === undefined ? undefined : issuer(userPoolId) }),
    // Cognito omits the claim for users without groups.
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
