import type { Answer } from './answer';

/** Lets pages of every origin read the answers, and the headers that the real service exposes, `Date` among them. */
export const CORS_HEADERS: Readonly<Record<string, string>> = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Expose-Headers': 'x-amzn-RequestId,x-amzn-ErrorType,x-amzn-ErrorMessage,Date',
};

/** What the AWS SDK, the library and Amplify send. */
const USUAL_HEADERS =
  'authorization,content-type,x-amz-target,x-amz-user-agent,amz-sdk-invocation-id,amz-sdk-request,cache-control';

/** `asked` is the header `Access-Control-Request-Headers`. */
export function preflightAnswer(asked = USUAL_HEADERS, methods = 'GET,POST,OPTIONS'): Answer {
  return {
    status: 200,
    headers: {
      'Access-Control-Allow-Methods': methods,
      'Access-Control-Allow-Headers': asked,
      'Access-Control-Max-Age': '172800',
    },
    body: '',
  };
}
