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
  // API Gateway leaves out the values in `headers` of a name that `multiValueHeaders` has as well.
  const { values, others } = taken(result, 'set-cookie');
  const multiValueHeaders = { ...others.multiValueHeaders, 'Set-Cookie': [...values, ...setCookies] };
  return { ...others, multiValueHeaders };
}

/** The answer of a handler, marked as one that depends on the session. */
export function markedAsPrivate(result: LambdaResult): LambdaResult {
  const { others } = taken(result, 'cache-control');
  const { values, others: unmarked } = taken(others, 'vary');
  const vary = values.join(', ');
  const isNamed = /(^|,)\s*cookie\s*(,|$)/i.test(vary);
  return {
    ...unmarked,
    headers: {
      ...unmarked.headers,
      'Cache-Control': 'no-store',
      Vary: isNamed ? vary : [...values, 'Cookie'].join(', '),
    },
  };
}

/** The values of a header in both places, and the answer without them. Names have any case. */
function taken(result: LambdaResult, name: string) {
  const isOther = ([each]: readonly [string, unknown]) => each.toLowerCase() !== name;
  const { headers, multiValueHeaders, ...rest } = result;
  const [single, several] = [Object.entries(headers ?? {}), Object.entries(multiValueHeaders ?? {})];
  const values = [...single, ...several].filter((entry) => !isOther(entry)).flatMap(([, value]) => value);
  const others: LambdaResult = {
    ...rest,
    ...(headers && { headers: Object.fromEntries(single.filter(isOther)) }),
    ...(multiValueHeaders && { multiValueHeaders: Object.fromEntries(several.filter(isOther)) }),
  };
  return { values: values.map(String), others };
}
