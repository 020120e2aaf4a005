import { createHash } from 'node:crypto';
import { decodeJwt } from 'jose';
import type { Target } from '../targets/target';
import { signInByForm } from './browser';
import type { Step } from './step';

const VERIFIER = 'a-verifier-of-at-least-forty-three-characters-1';
const CHALLENGE = createHash('sha256').update(VERIFIER).digest('base64url');

interface TokenAnswer {
  readonly access_token?: string;
  readonly refresh_token?: string;
  readonly error?: string;
}

/** The code flow with PKCE, through the page's own form. */
export const MANAGED_LOGIN_STEPS: readonly Step[] = [
  {
    name: 'the sign-in form leads back with the state',
    documented: 'xyz',
    observe: async (target) => (await authorize(target)).searchParams.get('state') ?? 'no state',
  },
  {
    name: 'a code gives tokens',
    documented: 'access_token expires_in id_token refresh_token token_type',
    observe: async (target) =>
      Object.keys(await exchange(target, await newCode(target)))
        .sort()
        .join(' '),
  },
  {
    name: 'the asked scope is in the access token',
    documented: 'openid',
    observe: async (target) => {
      const { access_token: token = '' } = await exchange(target, await newCode(target));
      return String(decodeJwt(token)['scope']);
    },
  },
  {
    name: 'a code serves once',
    documented: 'invalid_grant',
    observe: async (target) => {
      const code = await newCode(target);
      await exchange(target, code);
      return (await exchange(target, code)).error ?? 'ok';
    },
  },
  {
    name: 'a wrong verifier is refused',
    documented: 'invalid_grant',
    observe: async (target) => (await exchange(target, await newCode(target), 'wrong')).error ?? 'ok',
  },
  {
    name: 'a refresh at the token endpoint gives no refresh token',
    documented: 'access_token expires_in id_token token_type',
    observe: async (target) => {
      const { refresh_token: token = '' } = await exchange(target, await newCode(target));
      const form = { grant_type: 'refresh_token', client_id: target.clientId, refresh_token: token };
      return Object.keys(await tokenCall(target, form))
        .sort()
        .join(' ');
    },
  },
  {
    name: 'an unknown grant type is refused',
    documented: 'unsupported_grant_type',
    observe: async (target) =>
      (await tokenCall(target, { grant_type: 'password', client_id: target.clientId })).error ?? 'ok',
  },
];

async function authorize(target: Target): Promise<URL> {
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: target.clientId,
    redirect_uri: target.redirectUri,
    scope: 'openid',
    state: 'xyz',
    code_challenge: CHALLENGE,
    code_challenge_method: 'S256',
  });
  return signInByForm(`${target.url}/oauth2/authorize?${query.toString()}`, await target.newUser());
}

async function newCode(target: Target): Promise<string> {
  return (await authorize(target)).searchParams.get('code') ?? '';
}

function exchange(target: Target, code: string, verifier = VERIFIER): Promise<TokenAnswer> {
  return tokenCall(target, {
    grant_type: 'authorization_code',
    client_id: target.clientId,
    redirect_uri: target.redirectUri,
    code,
    code_verifier: verifier,
  });
}

async function tokenCall({ url }: Target, form: Record<string, string>): Promise<TokenAnswer> {
  const response = await fetch(`${url}/oauth2/token`, { method: 'POST', body: new URLSearchParams(form) });
  return (await response.json()) as TokenAnswer;
}
