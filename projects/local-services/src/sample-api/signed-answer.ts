import { jsonAnswer, type Answer } from '../../../cognito-emulator/src/http/answer';
import type { Judgement } from '../signed/judge-request';
import { JSON_EXCEPTIONS } from '../signed/json-refusal';
import type { ReceivedRequest } from '../signed/received-request';

/** Tells the caller who it is, or answers 403 with the reason: `code` by the name of S3, the header by that of API Gateway. */
export function signedAnswer({ method, path }: ReceivedRequest, judgement: Judgement, at: number): Answer {
  if (judgement.verdict === 'accepted') {
    const { identityId, identityPoolId, roleArn, isGuest, accessKeyId } = judgement.credentials;
    const time = new Date(at).toISOString();
    return jsonAnswer({ identityId, identityPoolId, roleArn, isGuest, accessKeyId, method, path, time });
  }
  const { verdict: code, message } = judgement;
  const answer = jsonAnswer({ code, message }, 403);
  return { ...answer, headers: { ...answer.headers, 'x-amzn-ErrorType': JSON_EXCEPTIONS[code] } };
}
