import {
  GetUserCommand,
  GlobalSignOutCommand,
  InitiateAuthCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { decodeJwt } from 'jose';
import { getTokens, initiateRefresh, newSession, revoke } from './calls';
import { outcome, type Step } from './step';

/** Refresh, revocation, sign-out and the operations that take an access token. */
export const SESSION_STEPS: readonly Step[] = [
  {
    name: 'a refresh by InitiateAuth gives no refresh token',
    documented: 'AccessToken ExpiresIn IdToken TokenType',
    observe: async (target) => {
      const { RefreshToken } = await newSession(target);
      return Object.keys(await initiateRefresh(target, RefreshToken))
        .sort()
        .join(' ');
    },
  },
  {
    name: 'a refresh by GetTokensFromRefreshToken works without rotation',
    documented: 'ok',
    observe: async (target) => outcome(getTokens(target, (await newSession(target)).RefreshToken)),
  },
  {
    name: 'a refresh keeps auth_time and moves iat',
    documented: 'auth_time kept, iat moved',
    observe: async (target) => {
      const { AccessToken = '', RefreshToken } = await newSession(target);
      await target.pass(1);
      const refreshed = await initiateRefresh(target, RefreshToken);
      const [before, after] = [decodeJwt(AccessToken), decodeJwt(refreshed.AccessToken ?? '')];
      const isKept = before['auth_time'] === after['auth_time'];
      return `auth_time ${isKept ? 'kept' : 'reset'}, iat ${before.iat === after.iat ? 'kept' : 'moved'}`;
    },
  },
  {
    name: "another client's id is refused",
    documented: 'NotAuthorizedException',
    observe: async (target) =>
      outcome(initiateRefresh(target, (await newSession(target)).RefreshToken, target.otherClientId)),
  },
  {
    name: 'a refresh token that was never issued is refused',
    documented: 'NotAuthorizedException',
    observe: (target) => outcome(initiateRefresh(target, 'a.b.c.d.e')),
  },
  {
    name: 'a revoked refresh token is refused',
    documented: 'NotAuthorizedException',
    observe: async (target) => {
      const { RefreshToken } = await newSession(target);
      await revoke(target, RefreshToken);
      return outcome(initiateRefresh(target, RefreshToken));
    },
  },
  {
    name: 'revocation leaves the other sessions alone',
    documented: 'ok',
    observe: async (target) => {
      const [mine, other] = [await newSession(target), await newSession(target)];
      await revoke(target, mine.RefreshToken);
      return outcome(initiateRefresh(target, other.RefreshToken));
    },
  },
  {
    name: 'an access token cannot be revoked',
    documented: 'UnsupportedTokenTypeException',
    observe: async (target) => outcome(revoke(target, (await newSession(target)).AccessToken)),
  },
  {
    name: 'GetUser knows the owner of an access token',
    documented: 'email',
    observe: async (target) => {
      const { AccessToken, IdToken = '' } = await newSession(target);
      const { UserAttributes = [] } = await target.client.send(new GetUserCommand({ AccessToken }));
      const email = UserAttributes.find(({ Name }) => Name === 'email')?.Value;
      return email === decodeJwt(IdToken)['email'] ? 'email' : 'another user';
    },
  },
  {
    name: 'GetUser refuses a forged access token',
    documented: 'NotAuthorizedException',
    observe: async (target) => {
      const { AccessToken = '' } = await newSession(target);
      const forged = `${AccessToken.slice(0, AccessToken.lastIndexOf('.'))}.${'A'.repeat(342)}`;
      return outcome(target.client.send(new GetUserCommand({ AccessToken: forged })));
    },
  },
  {
    name: 'GetUser sees a revocation',
    documented: 'NotAuthorizedException',
    observe: async (target) => {
      const { AccessToken, RefreshToken } = await newSession(target);
      await revoke(target, RefreshToken);
      return outcome(target.client.send(new GetUserCommand({ AccessToken })));
    },
  },
  {
    name: 'GlobalSignOut ends the refresh token',
    documented: 'ok, then NotAuthorizedException',
    observe: async (target) => {
      const { AccessToken, RefreshToken } = await newSession(target);
      const first = await outcome(target.client.send(new GlobalSignOutCommand({ AccessToken })));
      return first === 'ok' ? `ok, then ${await outcome(initiateRefresh(target, RefreshToken))}` : first;
    },
  },
  {
    name: 'a sign-in without a password is refused',
    documented: 'InvalidParameterException',
    observe: async (target) => {
      const { client, clientId } = target;
      const { username } = await target.newUser();
      const input = { AuthFlow: 'USER_PASSWORD_AUTH' as const, ClientId: clientId };
      return outcome(
        client.send(new InitiateAuthCommand({ ...input, AuthParameters: { USERNAME: username } })),
      );
    },
  },
  // The last one: it shortens the lifetime of the client's refresh tokens.
  {
    name: 'an expired refresh token is refused',
    documented: 'NotAuthorizedException',
    observe: async (target) => {
      await target.setRefreshTokenSeconds(1);
      const { RefreshToken } = await newSession(target);
      await target.pass(2);
      return outcome(initiateRefresh(target, RefreshToken));
    },
  },
];
