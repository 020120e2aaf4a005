import { SessionError, type ɵBuiltInTransport } from 'ngx-cognito-session';

/** The fields of SDK errors besides name and message. */
interface SdkErrorFields {
  readonly name?: string;
  readonly $fault?: 'client' | 'server';
  readonly $metadata?: { readonly httpStatusCode?: number };
  readonly $response?: { readonly statusCode?: number };
}

/** The library's error for an error of the SDK. Pure; keeps nothing of the response. */
export function toSessionError(
  error: unknown,
  { toServiceError }: Pick<ɵBuiltInTransport, 'toServiceError'>,
): SessionError {
  if (error instanceof SessionError) return error;
  const fields: SdkErrorFields = typeof error === 'object' && error !== null ? error : {};
  const status = fields.$metadata?.httpStatusCode ?? fields.$response?.statusCode;
  if (fields.$fault !== undefined && fields.name?.endsWith('Exception') === true)
    return toServiceError(fields.name, status ?? 400, error);
  // An answer that the SDK could not read: a firewall's page, half a body. In all other cases the connection broke.
  if (status !== undefined && (fields.name === 'SyntaxError' || fields.$fault !== undefined))
    return toServiceError(undefined, status, error);
  return new SessionError('networkError', 'No answer from Cognito arrived.', { cause: error });
}
