import { isRecord, optionalString, type CallInput } from '../operations/call-input';
import type { TokensSeen } from './call-record';

/** Where the JSON operations and the token endpoint carry tokens in their requests. */
export function tokensOfRequest(input: CallInput): TokensSeen {
  const parameters = isRecord(input['AuthParameters']) ? input['AuthParameters'] : {};
  const logins = isRecord(input['Logins']) ? Object.values(input['Logins']) : [];
  return tokensSeen({
    access: input['AccessToken'],
    id: logins[0],
    refresh:
      input['RefreshToken'] ??
      parameters['REFRESH_TOKEN'] ??
      input['Token'] ??
      input['refresh_token'] ??
      input['token'],
  });
}

/** Where their answers carry them. */
export function tokensOfAnswer(body: string): TokensSeen {
  const answer = parse(body);
  const result = isRecord(answer['AuthenticationResult']) ? answer['AuthenticationResult'] : answer;
  return tokensSeen({
    access: result['AccessToken'] ?? result['access_token'],
    id: result['IdToken'] ?? result['id_token'],
    refresh: result['RefreshToken'] ?? result['refresh_token'],
  });
}

/** The identity in an answer of an identity pool. Its keys and tokens are not for the log. */
export function identityOfAnswer(body: string): string | null {
  return optionalString(parse(body), 'IdentityId') ?? null;
}

function tokensSeen(found: Readonly<Record<keyof TokensSeen, unknown>>): TokensSeen {
  return Object.fromEntries(Object.entries(found).filter(([, value]) => typeof value === 'string'));
}

function parse(body: string): CallInput {
  try {
    const value: unknown = JSON.parse(body);
    return isRecord(value) ? value : {};
  } catch {
    return {};
  }
}
