import { createLocalJWKSet, decodeJwt, decodeProtectedHeader, jwtVerify, type JSONWebKeySet } from 'jose';
import type { Target } from '../targets/target';
import { initiateRefresh, newSession, signIn } from './calls';
import { outcome, type Step } from './step';

/** Sign-in, what the tokens say, and the keys they are signed with. */
export const TOKEN_STEPS: readonly Step[] = [
  {
    name: 'a sign-in by password gives tokens',
    documented: 'AccessToken ExpiresIn IdToken RefreshToken TokenType',
    observe: async (target) =>
      Object.keys(await newSession(target))
        .sort()
        .join(' '),
  },
  {
    name: 'a wrong password is refused',
    documented: 'NotAuthorizedException',
    observe: async (target) => {
      const { username } = await target.newUser();
      return outcome(signIn(target, { username, password: 'wrong' }));
    },
  },
  {
    name: 'an unknown user looks like a wrong password',
    documented: 'NotAuthorizedException',
    observe: (target) => outcome(signIn(target, { username: 'nobody@example.com', password: 'x' })),
  },
  {
    name: 'an unknown client is refused',
    documented: 'ResourceNotFoundException',
    observe: (target) => outcome(initiateRefresh(target, 'x', 'nowhere')),
  },
  {
    name: 'a disabled user cannot sign in',
    documented: 'NotAuthorizedException',
    observe: async (target) => {
      const user = await target.newUser();
      await target.disable(user.username);
      return outcome(signIn(target, user));
    },
  },
  {
    name: 'the access token names client, use and scope',
    documented: 'client access aws.cognito.signin.user.admin',
    observe: async (target) => {
      const {
        client_id: client,
        token_use: use,
        scope,
      } = decodeJwt((await newSession(target)).AccessToken ?? '');
      return `${client === target.clientId ? 'client' : String(client)} ${String(use)} ${String(scope)}`;
    },
  },
  {
    name: 'the ID token names the client as audience, and use and e-mail address',
    documented: 'client id email',
    observe: async (target) => {
      const user = await target.newUser();
      const { aud, token_use: use, email } = decodeJwt((await signIn(target, user)).IdToken ?? '');
      return `${aud === target.clientId ? 'client' : String(aud)} ${String(use)} ${email === user.username ? 'email' : 'no email'}`;
    },
  },
  {
    name: 'the tokens of one sign-in share origin_jti and differ in jti',
    documented: 'same origin_jti, other jti',
    observe: async (target) => {
      const { AccessToken = '', IdToken = '' } = await newSession(target);
      const [access, id] = [decodeJwt(AccessToken), decodeJwt(IdToken)];
      const origin = access['origin_jti'];
      if (origin === undefined) return 'no origin_jti';
      return `${origin === id['origin_jti'] ? 'same' : 'other'} origin_jti, ${access.jti === id.jti ? 'same' : 'other'} jti`;
    },
  },
  {
    name: 'the JWKS verifies both tokens',
    documented: 'ok ok',
    observe: async (target) => {
      const { AccessToken = '', IdToken = '' } = await newSession(target);
      const keys = createLocalJWKSet(await jwks(target));
      const verify = (token: string) => outcome(jwtVerify(token, keys, { currentDate: issueDate(token) }));
      return `${await verify(AccessToken)} ${await verify(IdToken)}`;
    },
  },
  {
    name: 'ID and access token are signed by different keys',
    documented: 'different',
    observe: async (target) => {
      const { AccessToken = '', IdToken = '' } = await newSession(target);
      const kid = (token: string) => decodeProtectedHeader(token).kid;
      return kid(AccessToken) === kid(IdToken) ? 'same' : 'different';
    },
  },
];

async function jwks({ url, userPoolId }: Target): Promise<JSONWebKeySet> {
  const response = await fetch(`${url}/${userPoolId}/.well-known/jwks.json`);
  return (await response.json()) as JSONWebKeySet;
}

function issueDate(token: string): Date {
  return new Date(Number(decodeJwt(token).iat) * 1000);
}
