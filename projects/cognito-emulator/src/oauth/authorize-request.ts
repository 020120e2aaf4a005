import { ServiceError } from '../http/service-error';
import { optionalString, type CallInput } from '../operations/call-input';
import { findClient, type ClientInPool, type World } from '../pool/world';

/** A checked authorization request. */
export interface AuthorizeRequest {
  readonly found: ClientInPool;
  readonly redirectUri: string;
  readonly scope: string;
  readonly state: string | undefined;
  readonly nonce: string | undefined;
  readonly codeChallenge: string | null;
  /** The API that the access token is bound to, if the app asked for one (RFC 8707). */
  readonly resource: string | undefined;
  readonly prompt: Prompt | undefined;
  /** What the page shows. */
  readonly shown: ShownParameters;
}

/** `none`: no page, also if a user is not signed in. `login` and `select_account`: a page, also if one is. */
type Prompt = 'none' | 'login' | 'select_account' | 'login select_account';

/** Parameters that change no more than the page here. */
export interface ShownParameters {
  /** The name or the identifier of an identity provider. There are none here: its page is the same form. */
  readonly provider: string | undefined;
  readonly lang: string | undefined;
  readonly loginHint: string | undefined;
}

/** An error that goes back to the app, as `?error=` at its redirect URI. */
export interface RedirectedError {
  readonly redirectUri: string;
  readonly state: string | undefined;
  readonly error: string;
}

/** Who the client is and where it may be answered has to be clear first: until then an error is a page, never a redirect. */
export function parseAuthorizeRequest(world: World, query: CallInput): AuthorizeRequest | RedirectedError {
  const found = findClient(world, optionalString(query, 'client_id') ?? '');
  if (found === undefined) throw badPage('Client does not exist');
  const redirectUri = optionalString(query, 'redirect_uri') ?? '';
  if (!isAllowed(found.client.redirectUris, redirectUri)) throw badPage('redirect_mismatch');
  const state = optionalString(query, 'state');
  const error = errorOf(query);
  if (error !== null) return { redirectUri, state, error };
  return {
    found,
    redirectUri,
    state,
    scope: optionalString(query, 'scope') ?? 'openid email phone profile',
    nonce: optionalString(query, 'nonce'),
    codeChallenge: optionalString(query, 'code_challenge') ?? null,
    resource: optionalString(query, 'resource'),
    prompt: optionalString(query, 'prompt') as Prompt | undefined,
    shown: {
      provider: optionalString(query, 'identity_provider') ?? optionalString(query, 'idp_identifier'),
      lang: optionalString(query, 'lang'),
      loginHint: optionalString(query, 'login_hint'),
    },
  };
}

const PROMPTS: readonly unknown[] = [
  undefined,
  'none',
  'login',
  'select_account',
  'login select_account',
] satisfies (Prompt | undefined)[];

function errorOf(query: CallInput): string | null {
  if (optionalString(query, 'response_type') !== 'code') return 'unsupported_response_type';
  const method = optionalString(query, 'code_challenge_method');
  const challenge = optionalString(query, 'code_challenge');
  if ((challenge === undefined) !== (method === undefined)) return 'invalid_request';
  if (method !== undefined && method !== 'S256') return 'invalid_request';
  if (!PROMPTS.includes(optionalString(query, 'prompt'))) return 'invalid_request';
  const resource = optionalString(query, 'resource');
  return resource === undefined || URL.canParse(resource) ? null : 'invalid_target';
}

/** Registered exactly; without any registration everything that is https or loopback, to make a first try easy. */
export function isAllowed(registered: readonly string[] | null, uri: string): boolean {
  if (!URL.canParse(uri)) return false;
  if (registered !== null) return registered.includes(uri);
  const { protocol, hostname } = new URL(uri);
  return protocol !== 'http:' || hostname === 'localhost' || hostname === '127.0.0.1';
}

function badPage(message: string): ServiceError {
  return new ServiceError('BadRequest', message);
}
