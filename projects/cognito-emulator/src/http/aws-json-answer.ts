import type { Answer } from './answer';
import type { ServiceError } from './service-error';

const CONTENT_TYPE = 'application/x-amz-json-1.1';

/** A success of the JSON protocol. */
export function awsJsonAnswer(body: object): Answer {
  return {
    status: 200,
    headers: { 'Content-Type': CONTENT_TYPE, 'x-amzn-RequestId': crypto.randomUUID() },
    body: JSON.stringify(body),
  };
}

/** An error of the JSON protocol, with the trailing colon that the real header has. */
export function awsErrorAnswer({ type, message, status }: ServiceError): Answer {
  return {
    status,
    headers: {
      'Content-Type': CONTENT_TYPE,
      'x-amzn-RequestId': crypto.randomUUID(),
      'x-amzn-ErrorType': `${type}:`,
      'x-amzn-ErrorMessage': message,
    },
    body: JSON.stringify({ __type: type, message }),
    errorType: type,
  };
}
