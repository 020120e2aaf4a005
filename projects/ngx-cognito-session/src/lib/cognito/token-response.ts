import { SessionError } from '../errors/session-error';
import { toServiceError } from './service-error';
import type { RefreshedTokens } from './token-refresher';

/** An answer over HTTP. The body is text: a firewall in front of Cognito answers with HTML. */
export interface HttpAnswer {
  /** The HTTP status. */
  readonly status: number;
  /** Of the headers `x-amzn-ErrorType` counts, the exception name, where the body has none; and `Date`, the server's time. */
  readonly headers: Pick<Headers, 'get'>;
  /** The text as it came. */
  readonly body: string;
}

/** Reads tokens from an `AuthenticationResult`. Throws a SessionError for anything else. Pure. */
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
  // It does not come from Cognito.
  if (body === null) throw new SessionError('networkError', 'The answer is not a JSON object.');
  return body;
}

/** The message of Cognito, or of a trigger of the pool. It becomes the `cause`, without anything that looks like a token. */
function exceptionOf(
  name: string | undefined,
  body: Readonly<Record<string, unknown>> | null,
): Error | undefined {
  const message = text(body?.['message']) ?? text(body?.['Message']);
  return name === undefined || message === undefined
    ? undefined
    : Object.assign(new Error(message), { name });
}

/** Reads tokens from the `AuthenticationResult` of an answer. Throws `invalidResponse` if there is no access token. Pure. */
export function readAuthenticationResult(result: unknown): RefreshedTokens {
  const tokens = (typeof result === 'object' && result !== null ? result : {}) as Readonly<
    Record<string, unknown>
  >;
  const accessToken = text(tokens['AccessToken']);
  if (accessToken === undefined)
    throw new SessionError('invalidResponse', 'The answer contains no access token.');
  return { accessToken, idToken: text(tokens['IdToken']), refreshToken: text(tokens['RefreshToken']) };
}

function exceptionName(
  answer: HttpAnswer,
  body: Readonly<Record<string, unknown>> | null,
): string | undefined {
  return (
    withoutNamespace(text(body?.['__type'])) ??
    withoutNamespace(answer.headers.get('x-amzn-ErrorType')?.split(':')[0])
  );
}

function withoutNamespace(name: string | undefined): string | undefined {
  const last = name?.split('#').pop();
  // The sender controls this value, and it becomes part of messages: only a name is accepted.
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
