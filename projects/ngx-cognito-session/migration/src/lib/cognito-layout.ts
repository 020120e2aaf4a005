import type { ɵRawTokens } from 'ngx-cognito-session';

/** With what the names of all items of an app client begin. User names follow it, and can contain any character. */
export function layoutPrefix(clientId: string): string {
  return `CognitoIdentityServiceProvider.${clientId}.`;
}

/**
 * The session of the user who has signed in last. Both libraries, in all versions, use these names. `clockDrift` is left out: one
 * name, but Amplify 6 stores milliseconds that the server is ahead, the others seconds that it is behind. `null`: no session, or
 * one that was not written to its end. Pure.
 */
export function readLayout(
  items: ReadonlyMap<string, string>,
  clientId: string,
  defaultUser?: string,
): ɵRawTokens | null {
  const prefix = layoutPrefix(clientId);
  const user = items.get(`${prefix}LastAuthUser`) ?? defaultUser;
  if (user === undefined) return null;
  const field = (name: string) => {
    const value = items.get(`${prefix}${user}.${name}`);
    return value === '' ? undefined : value;
  };
  const accessToken = field('accessToken');
  return accessToken === undefined
    ? null
    : {
        accessToken,
        idToken: field('idToken'),
        refreshToken: field('refreshToken'),
        deviceKey: field('deviceKey'),
      };
}
