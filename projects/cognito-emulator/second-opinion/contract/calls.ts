import {
  GetTokensFromRefreshTokenCommand,
  InitiateAuthCommand,
  RevokeTokenCommand,
  type AuthenticationResultType,
} from '@aws-sdk/client-cognito-identity-provider';
import type { Credentials, Target } from '../targets/target';

export async function signIn(
  { client, clientId }: Target,
  { username, password }: Credentials,
): Promise<AuthenticationResultType> {
  const AuthParameters = { USERNAME: username, PASSWORD: password };
  const answer = await client.send(
    new InitiateAuthCommand({ AuthFlow: 'USER_PASSWORD_AUTH', ClientId: clientId, AuthParameters }),
  );
  return answer.AuthenticationResult ?? {};
}

export async function newSession(target: Target): Promise<AuthenticationResultType> {
  return signIn(target, await target.newUser());
}

export async function initiateRefresh(
  { client, clientId }: Target,
  refreshToken = '',
  ClientId = clientId,
): Promise<AuthenticationResultType> {
  const AuthParameters = { REFRESH_TOKEN: refreshToken };
  const answer = await client.send(
    new InitiateAuthCommand({ AuthFlow: 'REFRESH_TOKEN_AUTH', ClientId, AuthParameters }),
  );
  return answer.AuthenticationResult ?? {};
}

export async function getTokens(
  { client, clientId }: Target,
  RefreshToken = '',
): Promise<AuthenticationResultType> {
  const answer = await client.send(
    new GetTokensFromRefreshTokenCommand({ RefreshToken, ClientId: clientId }),
  );
  return answer.AuthenticationResult ?? {};
}

export async function revoke({ client, clientId }: Target, Token = ''): Promise<void> {
  await client.send(new RevokeTokenCommand({ Token, ClientId: clientId }));
}
