import { isHttpEvent, type LambdaEvent, type LambdaResult } from './events';

/**
 * An answer of the Fetch API in the form of the event's payload.
 *
 * ```ts
 * const answer = await sessions.handle(requestOf(event));
 * if (answer !== null) return resultOf(answer, event);
 * ```
 */
export async function resultOf(answer: Response, event: LambdaEvent): Promise<LambdaResult> {
  const setCookies = answer.headers.getSetCookie();
  const headers = Object.fromEntries([...answer.headers].filter(([name]) => name !== 'set-cookie'));
  const result = { statusCode: answer.status, headers, body: await answer.text(), isBase64Encoded: false };
  return withSetCookies(result, setCookies, event);
}

/**
 * The answer with cookies besides, where the event's payload wants them.
 *
 * ```ts
 * const { setCookie } = await sessions.signIn(tokens, requestOf(event));
 * return withSetCookies({ statusCode: 204 }, [setCookie], event);
 * ```
 */
export function withSetCookies(
  result: LambdaResult,
  setCookies: readonly string[],
  event: LambdaEvent,
): LambdaResult {
  if (setCookies.length === 0) return result;
  if (isHttpEvent(event)) return { ...result, cookies: [...(result.cookies ?? []), ...setCookies] };
  const { multiValueHeaders = {} } = result;
  const before = Object.entries(multiValueHeaders).find(([name]) => name.toLowerCase() === 'set-cookie');
  const [name, values] = before ?? ['Set-Cookie', []];
  return { ...result, multiValueHeaders: { ...multiValueHeaders, [name]: [...values, ...setCookies] } };
}

/** The answer of a handler, marked as one that depends on the session. */
export function markedAsPrivate(result: LambdaResult): LambdaResult {
  const { headers = {} } = result;
  const others = Object.entries(headers).filter(([name]) => !/^(cache-control|vary)$/i.test(name));
  const vary = Object.entries(headers).find(([name]) => name.toLowerCase() === 'vary')?.[1];
  return {
    ...result,
    headers: {
      ...Object.fromEntries(others),
      'Cache-Control': 'no-store',
      Vary: vary === undefined ? 'Cookie' : `${vary}, Cookie`,
    },
  };
}
