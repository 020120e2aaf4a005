import { SessionError } from '../errors/session-error';
import { toServiceError } from './service-error';
import type { RefreshedTokens } from './token-refresher';

/** What came back over HTTP, body still text: a firewall in front of Cognito answers with HTML. */
export interface HttpAnswer {
  readonly status: number;
  readonly errorTypeHeader: string | null;
  readonly body: string;
}

/** Tokens out of an `AuthenticationResult`. Throws a SessionError for anything else. Pure. */
export function parseTokenAnswer(answer: HttpAnswer): RefreshedTokens {
  const body = parseAnswer(answer);
  return readAuthenticationResult(body['AuthenticationResult']);
}

/** The answer's JSON object. Throws the service's error, or `networkError` for a body that is not JSON. Pure. */
export function parseAnswer(answer: HttpAnswer): Readonly<Record<string, unknown>> {
  const body = parseObject(answer.body);
  if (answer.status !== 200) {
    const name = exceptionName(answer, body);
    throw toServiceError(name, answer.status, exceptionOf(name, body));
  }
  // Cognito has not written this.
  if (body === null) throw new SessionError('networkError', 'The answer is not a JSON object.');
  return body;
}

/** What Cognito, or a trigger of the pool, says about its refusal: it becomes the `cause`, without anything token-like. */
function exceptionOf(
  name: string | undefined,
  body: Readonly<Record<string, unknown>> | null,
): Error | undefined {
  const message = text(body?.['message']) ?? text(body?.['Message']);
  return name === undefined || message === undefined
    ? undefined
    : Object.assign(new Error(message), { name });
}

/** Tokens out of the `AuthenticationResult` of an answer. Throws `invalidResponse` if there is no access token. Pure. */
export function readAuthenticationResult(result: unknown): RefreshedTokens {
  const tokens = (typeof result === 'object' && result !== null ? result : {}) as Readonly<
    Record<string, unknown>
  >;
  const accessToken = text(tokens['AccessToken']);
  if (accessToken === undefined)
    throw new SessionError('invalidResponse', 'The answer holds no access token.');
  return { accessToken, idToken: text(tokens['IdToken']), refreshToken: text(tokens['RefreshToken']) };
}

function exceptionName(
  answer: HttpAnswer,
  body: Readonly<Record<string, unknown>> | null,
): string | undefined {
  return withoutNamespace(text(body?.['__type'])) ?? withoutNamespace(answer.errorTypeHeader?.split(':')[0]);
}

function withoutNamespace(name: string | undefined): string | undefined {
  const last = name?.split('#').pop();
  // Whoever answered decides what this is, and it goes into messages: a name, or nothing.
  return last !== undefined && /^\w{1,64}$/.test(last) ? last : undefined;
}

function parseObject(body: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
