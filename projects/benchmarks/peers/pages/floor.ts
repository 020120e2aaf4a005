import { config } from './app';
import { handWritten } from './hand-written';

/** The call to Cognito by hand. */
export const { session, withHttp, guard, control } = handWritten(async (refreshToken) => {
  const response = await fetch(config.endpoint, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/x-amz-json-1.1',
      'X-Amz-Target': 'AWSCognitoIdentityProviderService.GetTokensFromRefreshToken',
    },
    body: JSON.stringify({ ClientId: config.clientId, RefreshToken: refreshToken }),
  });
  if (response.status === 400) return null;
  return (await response.json()).AuthenticationResult;
});
