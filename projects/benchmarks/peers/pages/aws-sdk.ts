import {
  CognitoIdentityProviderClient,
  GetTokensFromRefreshTokenCommand,
  NotAuthorizedException,
  RefreshTokenReuseException,
} from '@aws-sdk/client-cognito-identity-provider';
import { config } from './app';
import type { Tokens } from './control';
import { handWritten } from './hand-written';

const client = new CognitoIdentityProviderClient({ region: config.region, endpoint: config.endpoint });

/** The same session as the floor's, with the client of the SDK. */
export const { session, withHttp, guard, control } = handWritten(async (refreshToken) => {
  const command = new GetTokensFromRefreshTokenCommand({
    ClientId: config.clientId,
    RefreshToken: refreshToken,
  });
  try {
    return (await client.send(command)).AuthenticationResult as Tokens;
  } catch (error) {
    if (error instanceof NotAuthorizedException || error instanceof RefreshTokenReuseException) return null;
    throw error;
  }
});
