import type { SignInResult } from 'cognito-emulator';
import { requestCookies } from '../../ngx-cognito-session/testing-support/request-cookies';
import type { FixtureSettings } from '../../ssr-fixture/src/app/fixture-settings';

/** The `Cookie` header of a browser in which a user has signed in. */
export function cookiesOf(
  { clientId }: Pick<FixtureSettings, 'clientId'>,
  { AccessToken, IdToken }: Pick<SignInResult, 'AccessToken' | 'IdToken'>,
  sid = 'sid-1',
): string {
  return requestCookies({ clientId, sid, tokens: { accessToken: AccessToken, idToken: IdToken } });
}
